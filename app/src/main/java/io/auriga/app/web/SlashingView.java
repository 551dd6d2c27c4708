package io.auriga.app.web;

import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.WatchState;
import java.util.List;
import java.util.Optional;

/**
 * The slashing watch as the surfaces show it; of each list the newest.
 *
 * @param watching {@code off}, {@code watched} or {@code network}
 * @param historyEpochs how far back votes are remembered
 * @param armed whether the local stop calls anybody
 * @param state empty while nothing is watched
 * @param sources that tell what clients signed
 */
public record SlashingView(
    String watching,
    int historyEpochs,
    boolean armed,
    Optional<WatchState> state,
    List<OffenceBook.Entry> offences,
    List<DoppelgangerBook.Entry> doppelgangers,
    List<OffenceBook.Stop> stops,
    List<DoppelgangerBook.Outage> outages,
    List<SigningRecords.Source> sources) {
  public SlashingView {
    offences = List.copyOf(offences);
    doppelgangers = List.copyOf(doppelgangers);
    stops = List.copyOf(stops);
    outages = List.copyOf(outages);
    sources = List.copyOf(sources);
  }
}
