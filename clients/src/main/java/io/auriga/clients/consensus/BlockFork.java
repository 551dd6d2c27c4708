package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import java.util.Optional;

/**
 * Which fork's rules a block is read by: the schedule decides, and the node must not contradict.
 */
final class BlockFork {
  private BlockFork() {}

  /**
   * @param named the fork that the answer names, if it does
   * @throws NodeException if the name contradicts the schedule, or the fork is none that we support
   */
  static ForkName of(
      Optional<String> named, Slot slot, ChainSpec spec, String source, String asked) {
    ForkName scheduled;
    try {
      scheduled = spec.forkAt(slot);
    } catch (AurigaException unknown) {
      throw new NodeException(
          ClientError.UNSUPPORTED_FORK,
          source,
          asked,
          "slot " + slot + ": " + unknown.getMessage(),
          unknown);
    }
    if (named.isPresent()) {
      Optional<ForkName> known = ForkName.find(named.get());
      if (known.isEmpty()) {
        throw new NodeException(
            ClientError.UNSUPPORTED_FORK,
            source,
            asked,
            "the block of slot "
                + slot
                + " is said to be of the fork "
                + Hex.abbreviate(named.get())
                + ", which this version does not know");
      }
      if (known.get() != scheduled) {
        throw new NodeException(
            ClientError.WRONG_VERSION,
            source,
            asked,
            "the block of slot "
                + slot
                + " is said to be of the fork "
                + known.get().lowerName()
                + ", but the schedule of "
                + spec.name()
                + " puts it in "
                + scheduled.lowerName());
      }
    }
    if (!scheduled.isSupported()) {
      throw new NodeException(
          ClientError.UNSUPPORTED_FORK,
          source,
          asked,
          "the block of slot "
              + slot
              + " is of the fork "
              + scheduled.lowerName()
              + ", and Capella to Fulu are supported");
    }
    return scheduled;
  }
}
