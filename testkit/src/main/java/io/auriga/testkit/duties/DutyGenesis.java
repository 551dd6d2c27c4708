package io.auriga.testkit.duties;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszWriter;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.util.Arrays;
import java.util.Random;

/** The state that a simulated network begins with, as SSZ. */
final class DutyGenesis {
  private static final int VALIDATOR_LENGTH = 121;
  private static final int KEY_LENGTH = 48;
  private static final int EFFECTIVE_BALANCE = 80;
  private static final int ACTIVATION_EPOCH = 97;
  private static final int EXIT_EPOCH = 105;
  private static final int WITHDRAWABLE_EPOCH = 113;
  private static final long ETHER_32 = 32_000_000_000L;

  private DutyGenesis() {}

  static BeaconStateView state(DutyPlan plan, Root mix) {
    ChainSpec spec = plan.spec();
    StateSchemas schemas = StateSchemas.of(spec);
    ForkName fork = spec.forks().forkAt(new Epoch(0));
    int count = plan.validators();
    byte[] validators = new byte[count * VALIDATOR_LENGTH];
    byte[] balances = new byte[count * Long.BYTES];
    for (int i = 0; i < count; i++) {
      int at = i * VALIDATOR_LENGTH;
      System.arraycopy(publicKey(i), 0, validators, at, KEY_LENGTH);
      LittleEndian.putInt64(validators, at + EFFECTIVE_BALANCE, ETHER_32);
      LittleEndian.putInt64(validators, at + ACTIVATION_EPOCH, plan.activation(i).value());
      LittleEndian.putInt64(validators, at + EXIT_EPOCH, plan.exit(i).value());
      LittleEndian.putInt64(validators, at + WITHDRAWABLE_EPOCH, -1);
      LittleEndian.putInt64(balances, i * Long.BYTES, ETHER_32);
    }
    byte[] mixes = new byte[(int) spec.number("EPOCHS_PER_HISTORICAL_VECTOR") * Root.LENGTH];
    for (int at = 0; at < mixes.length; at += Root.LENGTH) {
      mix.copyTo(mixes, at);
    }
    SszContainer committee = schemas.type(fork, "SyncCommittee");
    byte[] seats = new byte[committee.fixedSize()];
    Random random = new Random(plan.seed());
    for (int seat = 0; seat < spec.number("SYNC_COMMITTEE_SIZE"); seat++) {
      byte[] key = publicKey(random.nextInt(count));
      System.arraycopy(key, 0, seats, seat * KEY_LENGTH, KEY_LENGTH);
    }
    byte[] ssz =
        SszWriter.ofDefaults(schemas.state(fork))
            .set("validators", validators)
            .set("balances", balances)
            .set("randao_mixes", mixes)
            .set("previous_epoch_participation", new byte[count])
            .set("current_epoch_participation", new byte[count])
            .set("inactivity_scores", new byte[count * Long.BYTES])
            .set("current_sync_committee", seats)
            .set("next_sync_committee", seats)
            .toBytes();
    return BeaconStateView.of(schemas, fork, ssz);
  }

  /** No point of a curve; but each validator's own. */
  private static byte[] publicKey(int validator) {
    byte[] key = new byte[KEY_LENGTH];
    Arrays.fill(key, (byte) 0x5a);
    LittleEndian.putInt64(key, 0, validator * 0x9e3779b97f4a7c15L);
    LittleEndian.putInt64(key, KEY_LENGTH - Long.BYTES, validator);
    return key;
  }
}
