package io.auriga.validators.accounting;

import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.committee.Seeds;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import java.util.TreeMap;

/**
 * The committees of the epochs at hand, computed when first needed. Only a few are kept, because
 * each has four bytes a validator; an older epoch's are computed again should a reorg lead there.
 */
final class Assignments {
  /** The epoch of the head, the one before, one ahead, and one that somebody asks about. */
  private static final int KEPT_MAX = 4;

  private final ChainSpec spec;
  private final long lookahead;
  private final ValidatorEpochs validators;
  private final RandaoMixes mixes;
  private final TreeMap<Long, Committees> kept = new TreeMap<>();

  Assignments(ChainSpec spec, ValidatorEpochs validators, RandaoMixes mixes) {
    this.spec = spec;
    this.lookahead = spec.number("MIN_SEED_LOOKAHEAD");
    this.validators = validators;
    this.mixes = mixes;
  }

  /** The committees of an epoch whose seed is fixed on the current chain. */
  Committees of(Epoch epoch) {
    Committees known = kept.get(epoch.value());
    if (known != null) {
      return known;
    }
    Root mix = mixes.at(Seeds.mixEpoch(epoch, lookahead));
    Root seed = Seeds.seed(Seeds.ATTESTER, epoch, mix);
    Committees committees = Committees.of(spec, epoch, validators.active(epoch), seed);
    kept.put(epoch.value(), committees);
    if (kept.size() > KEPT_MAX) {
      long oldest = kept.firstKey();
      kept.remove(oldest == epoch.value() ? kept.higherKey(oldest) : oldest);
    }
    return committees;
  }

  /** Forgets the epochs from {@code epoch} on. */
  void forgetFrom(long epoch) {
    kept.tailMap(epoch, true).clear();
  }

  /** The epochs whose committees depend on a block of {@code epoch}: from this one on. */
  long dependOn(Epoch epoch) {
    return epoch.value() + lookahead + 1;
  }
}
