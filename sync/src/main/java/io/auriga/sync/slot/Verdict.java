package io.auriga.sync.slot;

import java.time.Duration;
import java.util.Set;

/**
 * What is said of a slot at one pair of clients. Each accuses only whom the evidence shows: where a
 * mark is missing the weaker verdict is given, or none.
 */
public sealed interface Verdict {
  /** Who may have been late or failed. */
  enum Party {
    PROPOSER,
    NETWORK,
    CONSENSUS_CLIENT,
    EXECUTION_CLIENT,
    CLOCK
  }

  /** How much it concerns the operator. */
  enum Tone {
    GOOD,
    /** Nothing of the operator's own. */
    ELSEWHERE,
    /** Something of the operator's own, or what may be. */
    OWN,
    UNKNOWN
  }

  /**
   * The block could be voted for in time.
   *
   * @param spare until attestations were due
   */
  record OnTime(Duration spare) implements Verdict {}

  /**
   * The block came late to every node that is watched, and about at once.
   *
   * @param arrival since the slot's begin, where it came first
   */
  record LateProposer(Duration arrival, int nodes) implements Verdict {}

  /** The block came late here, and earlier to another node that is watched. */
  record LateGossip(Duration arrival, String earlierNode, Duration earlier) implements Verdict {}

  /** The block came late; whether the proposer or the network was, one node cannot tell. */
  record LateBlock(Duration arrival) implements Verdict {}

  record SlowDispatch(Duration took, Duration allowed) implements Verdict {}

  record SlowExecution(Duration took, Duration allowed) implements Verdict {}

  record DataWait(Duration took) implements Verdict {}

  record SlowImport(Duration took, Duration allowed) implements Verdict {}

  /**
   * The block came in time, and the pair was late: several of its stages were, or nobody saw which.
   *
   * @param took from gossip to head
   */
  record SlowPair(Duration took, Duration allowed) implements Verdict {}

  /** The execution client does not know the chain before the block yet. */
  record ExecutionSyncing() implements Verdict {}

  record ExecutionOffline(Reason reason) implements Verdict {
    /** How that showed. */
    public enum Reason {
      UNREACHABLE("nothing answers at its address"),
      TIMEOUT("it did not answer in time"),
      BROKEN("its answer broke off"),
      WRONG_TOKEN("it refuses the token: the two jwt.hex differ, or their clocks do"),
      SAID_BY_CONSENSUS("the consensus client says that it cannot reach it");

      private final String words;

      Reason(String words) {
        this.words = words;
      }
    }
  }

  /** The execution client calls the payload invalid, and the chain went on with it. */
  record ExecutionRefuses() implements Verdict {}

  record ConsensusSyncing() implements Verdict {}

  record ConsensusOffline() implements Verdict {}

  /** The node's clock and ours are further apart than nodes bear. */
  record ClockDrift(Duration least, Duration most) implements Verdict {}

  /** A block was there and the chain went on without it. */
  record Reorg(long depth) implements Verdict {}

  record MissedSlot() implements Verdict {}

  record Unknown(Gap gap) implements Verdict {
    /** What is not known. */
    public enum Gap {
      CHAIN("the chain has not been followed as far"),
      HEAD("nobody saw when the block became the head; is the node's event stream up?"),
      BORDERLINE("the head came so close to the limit that the clock cannot tell"),
      BOTH(
          "the block came late and the pair was late by itself, and nobody saw which of its"
              + " stages"),
      ARRIVAL(
          "the head came late, and nobody saw when the block had come; the node sends no"
              + " block_gossip events");

      private final String words;

      Gap(String words) {
        this.words = words;
      }
    }
  }

  /** A stable name, as in JSON, in the store and as a label of a metric. */
  default String code() {
    return switch (this) {
      case OnTime _ -> "on-time";
      case LateProposer _ -> "late-proposer";
      case LateGossip _ -> "late-gossip";
      case LateBlock _ -> "late-block";
      case SlowDispatch _ -> "slow-dispatch";
      case SlowExecution _ -> "slow-execution";
      case DataWait _ -> "data-wait";
      case SlowImport _ -> "slow-import";
      case SlowPair _ -> "slow-pair";
      case ExecutionSyncing _ -> "execution-syncing";
      case ExecutionOffline _ -> "execution-offline";
      case ExecutionRefuses _ -> "execution-refuses";
      case ConsensusSyncing _ -> "consensus-syncing";
      case ConsensusOffline _ -> "consensus-offline";
      case ClockDrift _ -> "clock-drift";
      case Reorg _ -> "reorg";
      case MissedSlot _ -> "missed-slot";
      case Unknown _ -> "unknown";
    };
  }

  /** Whom it accuses, each possibly; nobody where it accuses none. */
  default Set<Party> suspects() {
    return switch (this) {
      case LateProposer _ -> Set.of(Party.PROPOSER);
      case LateGossip _, DataWait _ -> Set.of(Party.NETWORK);
      case LateBlock _ -> Set.of(Party.PROPOSER, Party.NETWORK);
      case SlowDispatch _, SlowImport _, ConsensusSyncing _, ConsensusOffline _ ->
          Set.of(Party.CONSENSUS_CLIENT);
      case SlowExecution _, ExecutionSyncing _, ExecutionOffline _, ExecutionRefuses _ ->
          Set.of(Party.EXECUTION_CLIENT);
      case SlowPair _ -> Set.of(Party.NETWORK, Party.CONSENSUS_CLIENT, Party.EXECUTION_CLIENT);
      case ClockDrift _ -> Set.of(Party.CLOCK);
      case OnTime _, Reorg _, MissedSlot _, Unknown _ -> Set.of();
    };
  }

  default Tone tone() {
    return switch (this) {
      case OnTime _ -> Tone.GOOD;
      case LateProposer _, LateGossip _, LateBlock _, Reorg _, MissedSlot _ -> Tone.ELSEWHERE;
      case Unknown _ -> Tone.UNKNOWN;
      default -> Tone.OWN;
    };
  }

  /** One sentence that a person can act on. */
  default String sentence() {
    return switch (this) {
      case OnTime(var spare) ->
          "The head was there %s before attestations were due.".formatted(ms(spare));
      case LateProposer(var arrival, var nodes) ->
          "The block came late to all %d nodes, to none before %s: its proposer was late, and there is nothing to do here."
              .formatted(nodes, ms(arrival));
      case LateGossip(var arrival, var node, var earlier) ->
          "The block came here at %s, but to %s at %s: look at this node's peers and its uplink."
              .formatted(ms(arrival), node, ms(earlier));
      case LateBlock(var arrival) ->
          "The block came only at %s, too late for any pair; a second node elsewhere would tell whether its proposer was late or the network."
              .formatted(ms(arrival));
      case SlowDispatch(var took, var allowed) ->
          "The consensus client took %s to hand the payload over, and should take %s: look at its load, and whether a newer version hands payloads over earlier."
              .formatted(ms(took), ms(allowed));
      case SlowExecution(var took, var allowed) ->
          "The execution client took %s for the payload, and should take %s: look at its disk, its memory and its version."
              .formatted(ms(took), ms(allowed));
      case DataWait(var took) ->
          "The block waited %s for its blobs after it had been executed: look at the node's peers and its download rate."
              .formatted(ms(took));
      case SlowImport(var took, var allowed) ->
          "The consensus client took %s to make the block its head after it had been executed, and should take %s: look at its disk and its load."
              .formatted(ms(took), ms(allowed));
      case SlowPair(var took, var allowed) ->
          "The block came in time, and the pair took %s, where %s would have done: put the relay between the two, or look at the stages, to see which half."
              .formatted(ms(took), ms(allowed));
      case ExecutionSyncing() ->
          "The execution client is syncing, so nothing can be voted for: wait, and if it goes on,"
              + " look at its log and its peers.";
      case ExecutionOffline(var reason) ->
          "The execution client cannot be used: %s.".formatted(reason.words);
      case ExecutionRefuses() ->
          "The execution client calls a payload invalid that the chain went on with: stop it, look"
              + " at its version, and compare it with another client's.";
      case ConsensusSyncing() ->
          "The consensus client is behind the chain: look at its peers and its log.";
      case ConsensusOffline() -> "The consensus client does not answer: is it running?";
      case ClockDrift(var least, var most) ->
          "The node's clock is %s to %s ahead of ours: let both be kept by NTP."
              .formatted(ms(least), ms(most));
      case Reorg(var depth) ->
          depth == 0
              ? "A block was announced, and the chain went on without it: it probably came too"
                  + " late."
              : "The block was the head and was replaced, %d slots deep: the proposer after it built on another."
                  .formatted(depth);
      case MissedSlot() -> "No block was proposed: nobody here is at fault.";
      case Unknown(var gap) -> "Not known: %s.".formatted(gap.words);
    };
  }

  private static String ms(Duration time) {
    return Math.round(time.toNanos() / 1e6) + " ms";
  }
}
