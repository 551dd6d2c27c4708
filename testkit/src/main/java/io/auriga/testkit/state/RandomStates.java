package io.auriga.testkit.state;

import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * States from a seed, drawn so that the rules' edges are hit often: balances and epochs at, beside
 * and far from every bound, validators that stand several times in the queue, all prefixes.
 */
public final class RandomStates {
  private static final BigInteger UINT64_MAX = PlainValidator.FAR_FUTURE;
  private static final BigInteger ETHER = BigInteger.TEN.pow(9);

  private final Random random;
  private final BigInteger slotsPerEpoch;

  public RandomStates(Random random, ChainSpec spec) {
    this.random = random;
    this.slotsPerEpoch = BigInteger.valueOf(spec.slotsPerEpoch());
  }

  /**
   * A state of the fork.
   *
   * @param validatorsMax how many validators it has at most; at least 1
   */
  public PlainState next(ForkName fork, int validatorsMax) {
    int count = 1 + random.nextInt(validatorsMax);
    BigInteger slot = oneIn(20) ? uint64() : BigInteger.valueOf(random.nextInt(1 << 20));
    BigInteger epoch = slot.divide(slotsPerEpoch);
    List<PlainValidator> validators = new ArrayList<>();
    boolean generous = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      validators.add(validator(i, epoch, generous));
    }
    List<PlainPartial> partials = new ArrayList<>();
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      int favourite = random.nextInt(count);
      for (int i = random.nextInt(20); i > 0; i--) {
        int validator = random.nextBoolean() ? favourite : random.nextInt(count);
        partials.add(new PlainPartial(validator, asked(), reached(epoch)));
      }
    }
    return new PlainState(
        fork,
        slot,
        validators,
        // The last index that a block of 16 withdrawals still fits behind.
        oneIn(20) ? UINT64_MAX.subtract(BigInteger.valueOf(16)) : uint64().shiftRight(1),
        BigInteger.valueOf(random.nextInt(count)),
        partials);
  }

  private PlainValidator validator(int index, BigInteger epoch, boolean generous) {
    byte[] key = new byte[48];
    random.nextBytes(key);
    byte[] credentials = new byte[32];
    random.nextBytes(credentials);
    int prefix = random.nextInt(generous ? 40 : 8);
    // Mostly 0x01 and 0x02, sometimes BLS, sometimes one that no fork knows.
    credentials[0] = (byte) (prefix == 0 ? 0 : prefix == 1 ? 3 + index : 1 + prefix % 2);
    BigInteger effective = effectiveBalance();
    return new PlainValidator(
        Hex.toHex(key),
        Hex.toHex(credentials),
        balance(effective),
        effective,
        random.nextBoolean(),
        uint64(),
        uint64(),
        random.nextInt(4) > 0 ? PlainValidator.FAR_FUTURE : uint64(),
        random.nextInt(generous ? 2 : 6) > 0 ? PlainValidator.FAR_FUTURE : reached(epoch));
  }

  private BigInteger effectiveBalance() {
    return switch (random.nextInt(8)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> ETHER.multiply(BigInteger.valueOf(31));
      case 2, 3, 4 -> ETHER.multiply(BigInteger.valueOf(32));
      case 5 -> ETHER.multiply(BigInteger.valueOf(2048));
      case 6 -> ETHER.multiply(BigInteger.valueOf(random.nextInt(4096)));
      default -> uint64();
    };
  }

  private BigInteger balance(BigInteger effective) {
    BigInteger near = effective.add(BigInteger.valueOf(random.nextInt(5) - 2));
    return switch (random.nextInt(8)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> UINT64_MAX;
      case 2 -> uint64();
      case 3 -> ETHER.multiply(BigInteger.valueOf(32)).add(BigInteger.valueOf(random.nextInt(3)));
      case 4 -> near.max(BigInteger.ZERO).min(UINT64_MAX);
      default -> effective.add(BigInteger.valueOf(random.nextInt(1 << 30))).min(UINT64_MAX);
    };
  }

  private BigInteger asked() {
    return switch (random.nextInt(5)) {
      case 0 -> BigInteger.ZERO;
      case 1 -> uint64();
      case 2 -> UINT64_MAX;
      default -> BigInteger.valueOf(random.nextInt(1 << 30));
    };
  }

  /** An epoch that was reached, is reached just now, or is not yet. */
  private BigInteger reached(BigInteger epoch) {
    return switch (random.nextInt(8)) {
      case 0 -> uint64();
      case 1 -> epoch.add(BigInteger.ONE).min(UINT64_MAX);
      case 2 -> BigInteger.ZERO;
      default -> epoch.subtract(BigInteger.valueOf(random.nextInt(3))).max(BigInteger.ZERO);
    };
  }

  private BigInteger uint64() {
    return new BigInteger(1 + random.nextInt(64), random);
  }

  private boolean oneIn(int chances) {
    return random.nextInt(chances) == 0;
  }
}
