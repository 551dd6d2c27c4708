package io.auriga.crypto.snappy;

import java.util.Random;

/** Runs, repeats and noise, so that each kind of element occurs. */
final class Mixture {
  private Mixture() {}

  static byte[] of(long seed, int length) {
    Random random = new Random(seed);
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] =
          (byte)
              (i % 4096 < 1000
                  ? 7
                  : i > 5000 && i % 700 > 200 ? content[i - 5000] : random.nextInt(256));
    }
    return content;
  }
}
