package io.auriga.app.history;

import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraGroup;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.AurigaException;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.withdrawals.HistoryError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A later state that somebody trusts: its {@code historical_summaries} (capella/beacon-chain.md,
 * {@code process_historical_summaries_update}) name every era since Capella by the roots of its
 * blocks.
 */
public final class TrustedState implements EraWitness {
  private final String name;
  private final long firstEra;
  private final List<Root> blockSummaries;

  /**
   * Keeps the summaries alone, 32 bytes an era.
   *
   * @param name of the file, for a person
   * @throws AurigaException {@code AUR-HISTORY-OTHER-CHAIN} if it is a state of another chain
   */
  public TrustedState(String name, BeaconStateView state, EraChain chain) {
    if (!state.genesisValidatorsRoot().equals(chain.genesisValidatorsRoot())) {
      throw new AurigaException(
          HistoryError.OTHER_CHAIN,
          "trust the state " + name,
          "its genesis validators root is %s, and that of %s is %s"
              .formatted(
                  state.genesisValidatorsRoot(),
                  chain.spec().name(),
                  chain.genesisValidatorsRoot()));
    }
    this.name = name;
    // The first is of the era that ended with an epoch of Capella.
    this.firstEra =
        chain.spec().forks().epochOf(ForkName.CAPELLA).stream()
            .mapToLong(epoch -> chain.eraOf(chain.spec().startSlotOf(epoch)))
            .findFirst()
            .orElse(1);
    List<Root> read = new ArrayList<>();
    SszView list = state.fields().field("historical_summaries");
    for (int i = 0; i < list.count(); i++) {
      read.add(list.element(i).root("block_summary_root"));
    }
    this.blockSummaries = List.copyOf(read);
  }

  @Override
  public Optional<String> vouch(EraGroup era) {
    long at = era.era() - firstEra;
    if (at < 0 || at >= blockSummaries.size()) {
      return Optional.empty();
    }
    EraWitness.requireSame(
        era,
        era.state().summary().blockSummaryRoot(),
        blockSummaries.get((int) at),
        "the state " + name);
    return Optional.of("the state " + name);
  }
}
