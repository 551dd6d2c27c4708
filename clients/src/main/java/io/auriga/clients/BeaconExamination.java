package io.auriga.clients;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkSchedule;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks of one consensus client. Used once, by one thread. */
final class BeaconExamination {
  /** Attestations are due a third into a slot; half a second costs some of them already. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(500);

  /** On a healthy chain the finalized epoch is two or three behind. */
  private static final long EPOCHS_TO_FINALITY = 4;

  private static final String SYNC_PATH = "/eth/v1/node/syncing";

  private final BeaconNode node;
  private final ClientVersions versions;
  private final InstantSource time;
  private final List<Finding> findings;

  BeaconExamination(
      BeaconNode node, ClientVersions versions, InstantSource time, List<Finding> findings) {
    this.node = node;
    this.versions = versions;
    this.time = time;
    this.findings = findings;
  }

  void run() {
    ChainSpec spec;
    SlotClock clock;
    try {
      spec = node.spec();
      clock = SlotClock.of(spec, node.genesis(), time);
    } catch (NodeException failed) {
      findings.add(Finding.of(Finding.Severity.BLOCKER, "reachable", failed));
      return;
    }
    NodeDoctor.check(findings, "fork", () -> fork(spec, clock));
    NodeDoctor.check(findings, "version", () -> version(spec, clock));
    NodeDoctor.check(findings, "synced", () -> synced(spec));
    NodeDoctor.check(findings, "finality", () -> finality(spec, clock));
    NodeDoctor.check(findings, "clock", () -> clock(clock));
    if (node instanceof HttpBeaconNode http) {
      NodeDoctor.check(findings, "block format", () -> blockFormat(http));
      NodeDoctor.check(findings, "events", () -> events(http));
    }
  }

  private void fork(ChainSpec spec, SlotClock clock) {
    Epoch now = spec.epochOf(clock.currentSlot());
    ForkSchedule.Entry active = spec.forks().entryAt(now);
    List<ForkSchedule.Entry> later = spec.forks().after(now);
    String next =
        later.isEmpty()
            ? "no later one is scheduled"
            : "next is "
                + later.getFirst().name()
                + " in epoch "
                + later.getFirst().epoch()
                + ", "
                + startOf(later.getFirst(), spec, clock);
    String detail = spec.name() + " is in " + active.name() + "; " + next;
    if (!isSupported(active)) {
      findings.add(
          Finding.blocker(
              "fork",
              node.name(),
              detail,
              "Upgrade Auriga to a version that supports " + active.name()));
    } else if (later.stream().anyMatch(entry -> !isSupported(entry))) {
      findings.add(
          Finding.warning(
              "fork",
              node.name(),
              detail + "; this version does not support what comes",
              "Upgrade Auriga before then; it stops at the first block that it cannot verify"));
    } else {
      findings.add(Finding.ok("fork", node.name(), detail));
    }
  }

  private static String startOf(ForkSchedule.Entry entry, ChainSpec spec, SlotClock clock) {
    Instant start = clock.startOf(spec.startSlotOf(entry.epoch()));
    return start.equals(SlotClock.END_OF_TIME) ? "beyond any date" : start.toString();
  }

  private static boolean isSupported(ForkSchedule.Entry entry) {
    return entry.fork().map(fork -> fork.isSupported()).orElse(false);
  }

  private void version(ChainSpec spec, SlotClock clock) {
    Epoch now = spec.epochOf(clock.currentSlot());
    String version = node.version();
    findings.add(
        spec.forks()
            .entryAt(now)
            .fork()
            .map(fork -> versions.judge(ClientVersions.Side.CONSENSUS, node.name(), version, fork))
            .orElseGet(() -> Finding.note("version", node.name(), version, "")));
  }

  private void synced(ChainSpec spec) {
    SyncStatus status = node.syncing();
    String head = "head is slot " + status.headSlot();
    if (status.executionOffline()) {
      findings.add(
          Finding.blocker(
              "synced",
              node.name(),
              head + ", and its execution client is offline",
              "Start the execution client, and check the Engine API's address and JWT secret"));
    }
    if (status.syncing() && Long.compareUnsigned(status.syncDistance(), spec.slotsPerEpoch()) > 0) {
      findings.add(
          Finding.blocker(
              "synced",
              node.name(),
              head + ", " + Long.toUnsignedString(status.syncDistance()) + " slots behind",
              "Wait until the node is synced, or use another"));
    } else if (status.syncing()) {
      findings.add(
          Finding.warning(
              "synced",
              node.name(),
              head + ", syncing, " + Long.toUnsignedString(status.syncDistance()) + " slots behind",
              "Wait a moment; look at the node if it stays so"));
    } else if (status.optimistic()) {
      findings.add(
          Finding.warning(
              "synced",
              node.name(),
              head + ", optimistic: not verified by the execution client",
              "Wait until the execution client has caught up; nothing optimistic counts as safe"));
    } else if (!status.executionOffline()) {
      findings.add(Finding.ok("synced", node.name(), head));
    }
  }

  private void finality(ChainSpec spec, SlotClock clock) {
    Finality finality = node.finality();
    Epoch now = spec.epochOf(clock.currentSlot());
    long behind = now.value() - finality.finalized().epoch().value();
    String detail = "finalized epoch " + finality.finalized().epoch() + ", now " + now;
    if (behind > EPOCHS_TO_FINALITY) {
      findings.add(
          Finding.warning(
              "finality",
              node.name(),
              detail,
              "If the node is synced, the chain itself is not finalizing: withdrawals stay"
                  + " unfinal"));
    } else {
      findings.add(Finding.ok("finality", node.name(), detail));
    }
  }

  private void clock(SlotClock clock) {
    Optional<BlockHeader> head = node.header(BlockId.head());
    Instant now = clock.now();
    if (head.isPresent()) {
      Slot slot = head.get().slot();
      Duration ahead = Duration.between(now, clock.startOf(slot));
      if (ahead.compareTo(CLOCK_TOLERANCE) > 0) {
        findings.add(
            Finding.warning(
                "clock",
                node.name(),
                "its head, slot "
                    + slot
                    + ", begins "
                    + ahead.toMillis()
                    + " ms from now by our clock",
                "Synchronize this machine's clock (NTP): it is behind"));
        return;
      }
    }
    Optional<ClockOffset> offset = offset();
    if (offset.isEmpty()) {
      findings.add(
          Finding.note(
              "clock", node.name(), "it sends no date; its head is not ahead of our clock", ""));
    } else if (offset.get().certainlyExceeds(CLOCK_TOLERANCE)) {
      findings.add(
          Finding.warning(
              "clock",
              node.name(),
              "its clock differs from ours by " + offset.get(),
              "Synchronize the clocks of both machines (NTP)"));
    } else {
      findings.add(
          Finding.ok("clock", node.name(), "its clock differs from ours by " + offset.get()));
    }
  }

  private Optional<ClockOffset> offset() {
    if (!(node instanceof HttpBeaconNode http)) {
      return Optional.empty();
    }
    HttpAnswer answer = http.endpoint().get(SYNC_PATH, "application/json", "read the node's clock");
    return ClockOffset.of(answer);
  }

  private void blockFormat(HttpBeaconNode http) {
    boolean ssz = http.servesSsz();
    http.block(BlockId.head());
    if (ssz) {
      findings.add(Finding.ok("block format", node.name(), "blocks come as SSZ"));
      return;
    }
    findings.add(
        Finding.note(
            "block format",
            node.name(),
            "blocks come as JSON only: it works, but costs both machines more",
            "Upgrade the consensus client if it is old"));
  }

  private void events(HttpBeaconNode http) {
    Set<Topic> all = Topic.CHAIN;
    Set<Topic> supported = http.supportedTopics(all);
    if (supported.containsAll(all)) {
      findings.add(Finding.ok("events", node.name(), "sends " + names(all)));
      return;
    }
    Set<Topic> missing = EnumSet.copyOf(all);
    missing.removeAll(supported);
    findings.add(
        Finding.warning(
            "events",
            node.name(),
            "refuses the topics " + names(missing),
            "Upgrade the consensus client; without events Auriga learns of blocks later"));
  }

  private static String names(Set<Topic> topics) {
    return topics.stream().map(Topic::wireName).collect(Collectors.joining(", "));
  }
}
