package io.auriga.runtime.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that holds a store for writing, as it signs itself for whoever is refused: {@code
 * 4711@host}.
 */
record WritingProcess(long pid, String host) {
  /** What follows is cut off: PostgreSQL keeps 63 bytes of a session's name. */
  private static final int HOST_LENGTH_MAX = 40;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})@([A-Za-z0-9._-]{1,40})");

  /** Asked first, because resolving the machine's name may wait for a name server. */
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  static WritingProcess self() {
    String host = hostName().replaceAll("[^A-Za-z0-9._-]", "_");
    return new WritingProcess(
        ProcessHandle.current().pid(),
        host.isEmpty() ? "unknown" : host.substring(0, Math.min(host.length(), HOST_LENGTH_MAX)));
  }

  private static String hostName() {
    try {
      return Files.readString(LINUX_HOST_NAME).strip();
    } catch (IOException otherSystem) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException nameless) {
        return "";
      }
    }
  }

  /** The first signature in a text that may hold anything. */
  static Optional<WritingProcess> find(String text) {
    Matcher signature = TEXT.matcher(text);
    return signature.find()
        ? Optional.of(new WritingProcess(Long.parseLong(signature.group(1)), signature.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return pid + "@" + host;
  }

  /** Refuses a second writer, naming the first one as far as it is known. */
  static StoreException refusal(
      String where, Writer writer, Optional<WritingProcess> holder, Optional<Instant> since) {
    String who =
        holder.map(other -> "process %d on %s".formatted(other.pid, other.host)).orElse("another");
    String when =
        since.map(instant -> " since " + instant.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    return new StoreException(
        StoreError.LOCKED,
        "open the store at " + where + " for writing",
        who + " " + writer.deed() + when);
  }
}
