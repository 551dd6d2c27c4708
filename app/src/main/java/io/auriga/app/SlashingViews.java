package io.auriga.app;

import io.auriga.app.config.SlashingConfig;
import io.auriga.app.web.SlashingView;
import io.auriga.runtime.store.Store;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.WatchState;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the surfaces show of the slashing watch: how it stands now, and what is in the store, also
 * from when it was on.
 *
 * @param state empty if it is off
 */
record SlashingViews(SlashingConfig config, Store store, Supplier<Optional<WatchState>> state)
    implements Supplier<SlashingView> {
  private static final int SHOWN = 200;

  @Override
  public SlashingView get() {
    OffenceBook offences = new OffenceBook(store);
    DoppelgangerBook doppelgangers = new DoppelgangerBook(store);
    return new SlashingView(
        config.scope().name().toLowerCase(Locale.ROOT),
        config.historyEpochs(),
        config.stop().armed(),
        state.get(),
        offences.newest(SHOWN),
        doppelgangers.newest(SHOWN),
        offences.stops(SHOWN),
        doppelgangers.outages(SHOWN),
        new SigningRecords(store).sources(SHOWN));
  }
}
