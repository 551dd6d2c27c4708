package io.auriga.validators.accounting;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import java.util.TreeMap;

/**
 * The RANDAO mixes of the last epochs ({@code process_randao}, phase0), followed from the blocks: a
 * block's share is mixed in with exclusive-or, so that mixing it in again takes it out. Belongs to
 * one thread.
 */
final class RandaoMixes {
  private static final int WORDS = Root.LENGTH / Long.BYTES;

  /** For each epoch, what the mix is behind its newest block. */
  private final TreeMap<Long, long[]> mixes = new TreeMap<>();

  /** Adds an epoch, older ones first. */
  void begin(Epoch epoch, Root mix) {
    byte[] bytes = new byte[Root.LENGTH];
    mix.copyTo(bytes, 0);
    mixes.put(epoch.value(), words(bytes));
  }

  /** What a block adds: the hash of its {@code randao_reveal}. */
  static long[] share(byte[] randaoReveal) {
    return words(Sha256.hash(randaoReveal));
  }

  private static long[] words(byte[] bytes) {
    long[] words = new long[WORDS];
    for (int i = 0; i < WORDS; i++) {
      words[i] = LittleEndian.int64(bytes, i * Long.BYTES);
    }
    return words;
  }

  /** Mixes in a block of the newest epoch or a later one. */
  void add(Epoch epoch, long[] share) {
    for (long e = mixes.lastKey() + 1; e <= epoch.value(); e++) {
      mixes.put(e, mixes.lastEntry().getValue().clone());
    }
    mix(epoch, share);
  }

  /** Takes the newest block out, of this epoch, and the epochs behind {@code parent}'s with it. */
  void remove(Epoch epoch, long[] share, Epoch parent) {
    mix(epoch, share);
    mixes.tailMap(Math.max(parent.value(), mixes.firstKey()), false).clear();
  }

  private void mix(Epoch epoch, long[] share) {
    long[] mix = mixes.get(epoch.value());
    if (mix == null) {
      throw new IllegalStateException("the mix of epoch " + epoch + " was dropped");
    }
    for (int i = 0; i < WORDS; i++) {
      mix[i] ^= share[i];
    }
  }

  /** The mix at the end of an epoch: of an older one where all slots since were empty. */
  Root at(Epoch epoch) {
    var known = mixes.floorEntry(epoch.value());
    if (known == null) {
      throw new IllegalStateException("the mix of epoch " + epoch + " was dropped");
    }
    byte[] bytes = new byte[Root.LENGTH];
    for (int i = 0; i < WORDS; i++) {
      LittleEndian.putInt64(bytes, i * Long.BYTES, known.getValue()[i]);
    }
    return Root.of(bytes);
  }

  /** Drops what is older than an epoch, but for the newest of it. */
  void dropBefore(Epoch epoch) {
    Long kept = mixes.floorKey(epoch.value());
    if (kept != null) {
      mixes.headMap(kept, false).clear();
    }
  }
}
