package io.auriga.benchmarks;

import io.auriga.crypto.ssz.SszWriter;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.ForkName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** A beacon state as large as mainnet's, made up. */
final class SyntheticState {
  private static final int VALIDATOR = 121;
  private static final int CREDENTIALS = 48;
  private static final int EFFECTIVE_BALANCE = 80;
  private static final int FAR_FUTURE_EPOCHS = 105;
  private static final long GWEI_32 = 32_000_000_000L;
  private static final long GWEI_2048 = 2_048_000_000_000L;

  private SyntheticState() {}

  /**
   * SSZ of a Fulu state.
   *
   * @param excess what each validator has above what counts, in Gwei: with 0 the sweep finds
   *     nothing
   */
  static byte[] ssz(StateSchemas schemas, int validators, long excess, long seed) {
    Random random = new Random(seed);
    byte[] registry = new byte[validators * VALIDATOR];
    random.nextBytes(registry);
    byte[] balances = new byte[validators * Long.BYTES];
    ByteBuffer fields = ByteBuffer.wrap(registry).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer amounts = ByteBuffer.wrap(balances).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < validators; i++) {
      int at = i * VALIDATOR;
      // About mainnet's mix of 2026: few BLS credentials are left, some compound.
      int kind = random.nextInt(20);
      boolean compounding = kind >= 17;
      registry[at + CREDENTIALS] = (byte) (kind == 0 ? 0 : compounding ? 2 : 1);
      long effective = compounding ? GWEI_2048 : GWEI_32;
      fields.putLong(at + EFFECTIVE_BALANCE, effective);
      registry[at + EFFECTIVE_BALANCE + Long.BYTES] = 0;
      fields.putLong(at + FAR_FUTURE_EPOCHS, -1);
      fields.putLong(at + FAR_FUTURE_EPOCHS + Long.BYTES, -1);
      amounts.putLong(effective + excess);
    }
    return SszWriter.ofDefaults(schemas.state(ForkName.FULU))
        .set("slot", 14_000_000)
        .set("validators", registry)
        .set("balances", balances)
        .set("previous_epoch_participation", new byte[validators])
        .set("current_epoch_participation", new byte[validators])
        .set("inactivity_scores", new byte[validators * Long.BYTES])
        .set("next_withdrawal_index", 110_000_000)
        .set("next_withdrawal_validator_index", validators - 5_000)
        .toBytes();
  }
}
