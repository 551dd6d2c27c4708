package io.auriga.crypto.slashing;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Root;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What validators signed on one chain, in the form of EIP-3076, version 5.
 *
 * @param genesisValidatorsRoot which chain
 * @param records each key once: entries for the same key are one record
 */
public record Interchange(Root genesisValidatorsRoot, List<KeyRecord> records) {
  public Interchange {
    Map<BlsPublicKey, KeyRecord> byKey = new LinkedHashMap<>();
    for (KeyRecord record : records) {
      byKey.merge(record.key(), record, Interchange::joined);
    }
    records = List.copyOf(byKey.values());
  }

  private static KeyRecord joined(KeyRecord one, KeyRecord other) {
    List<SignedBlock> blocks = new ArrayList<>(one.blocks());
    blocks.addAll(other.blocks());
    List<SignedAttestation> votes = new ArrayList<>(one.attestations());
    votes.addAll(other.attestations());
    return new KeyRecord(one.key(), blocks, votes);
  }

  /**
   * All that either lists, as far as the strategy keeps it: sorted, equal records once.
   *
   * @throws InterchangeException if they are of different chains
   */
  public static Interchange merged(List<Interchange> all, Strategy strategy) {
    Root chain = all.getFirst().genesisValidatorsRoot();
    List<KeyRecord> joined = new ArrayList<>();
    for (Interchange one : all) {
      one.requireChain(chain);
      joined.addAll(one.records());
    }
    return new Interchange(chain, joined).under(strategy);
  }

  /** The same, as far as the strategy keeps it. */
  private Interchange under(Strategy strategy) {
    List<KeyRecord> kept = new ArrayList<>();
    for (KeyRecord record : records) {
      SigningHistory history = strategy.newHistory();
      history.merge(record.blocks(), record.attestations());
      kept.add(new KeyRecord(record.key(), history.blocks(), history.attestations()));
    }
    return new Interchange(genesisValidatorsRoot, kept);
  }

  /**
   * Requires it to be of the chain with this genesis validators root.
   *
   * @throws InterchangeException {@code AUR-CRYPTO-INTERCHANGE-OTHER-CHAIN} if it is not
   */
  public void requireChain(Root chain) {
    if (!chain.equals(genesisValidatorsRoot)) {
      throw InterchangeException.otherChain(chain, genesisValidatorsRoot);
    }
  }
}
