package io.auriga.runtime.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps web pages of other origins out. A page whose name was made to resolve to this machine ("DNS
 * rebinding") still sends its own name as {@code Host}; and a form or script elsewhere that posts
 * here sends its {@code Origin}.
 */
final class HostCheck {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names = new TreeSet<>();
  private final boolean any;

  HostCheck(InetAddress bound, List<String> allowedHosts) {
    this.any = !bound.isLoopbackAddress() && allowedHosts.isEmpty();
    names.addAll(LOOPBACK);
    allowedHosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
  }

  void check(Request request) {
    String host = name(request.header("Host").orElse(""));
    if (!any && !names.contains(host)) {
      throw new HttpException(
          HttpError.FOREIGN_HOST, "answer the request", "its Host header is \"" + host + "\"");
    }
    Optional<String> origin = request.header("Origin");
    boolean changes = !Set.of("GET", "HEAD", "OPTIONS").contains(request.method());
    if (changes && origin.isPresent() && !originHost(origin.get()).equals(host)) {
      throw new HttpException(
          HttpError.FOREIGN_ORIGIN, "answer the request", "it comes from " + origin.get());
    }
  }

  private static String originHost(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? origin : name(authority);
    } catch (IllegalArgumentException malformed) {
      return origin;
    }
  }

  /** The name without its port, in lower case. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon >= 0 && host.indexOf(']', colon) < 0;
    return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
