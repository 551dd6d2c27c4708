package io.auriga.app.web;

import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.Doppelganger;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.WatchState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a slashing watch may have come to. */
final class SampleSlashings {
  static final SlashingView OFF =
      new SlashingView(
          "off",
          4096,
          false,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  private static final Instant NOW = Instant.parse("2023-04-13T10:00:00Z");
  private static final String VOTE =
      "source 194050 0x%s target 194051 0x%s slot 6209640 index 0 head 0x%s"
          .formatted("ab".repeat(32), "cd".repeat(32), "ef".repeat(32));

  /** A watch on which nothing has happened. */
  static final SlashingView CALM =
      new SlashingView(
          "network",
          4096,
          false,
          Optional.of(new WatchState(NOW, 1_234_567, 812, 98_000_000, 0, 0)),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  static final SlashingView DIRE =
      new SlashingView(
          "network",
          4096,
          true,
          Optional.of(new WatchState(NOW, 1_234_567, 812, 98_000_000, 17, 3)),
          List.of(
              new OffenceBook.Entry(
                  "double-vote",
                  new ValidatorIndex(401_200),
                  new Slot(6_209_640),
                  true,
                  VOTE,
                  VOTE.replace("ef", "12"),
                  NOW),
              new OffenceBook.Entry(
                  "attester-slashing",
                  new ValidatorIndex(17),
                  new Slot(6_209_600),
                  false,
                  "",
                  "slot 6209600",
                  NOW.minusSeconds(60))),
          List.of(
              new DoppelgangerBook.Entry(
                  new Doppelganger(
                      new ValidatorIndex(401_201),
                      Doppelganger.Kind.VOTE,
                      VOTE,
                      new Slot(6_209_640),
                      Doppelganger.Reason.NOT_SIGNED,
                      "http://a-node-with-a-long-name.staking.example:5052",
                      Optional.of(NOW),
                      "the record of /var/lib/auriga-clients/north-1.json, complete as of"
                          + " 2023-04-13T09:50:00Z, names no vote after target epoch 194050"),
                  NOW),
              new DoppelgangerBook.Entry(
                  new Doppelganger(
                      new ValidatorIndex(401_202),
                      Doppelganger.Kind.BLOCK,
                      "slot 6209641 root 0x" + "34".repeat(32),
                      new Slot(6_209_641),
                      Doppelganger.Reason.OFF,
                      "a block that was followed",
                      Optional.empty(),
                      "its client is off from 2023-04-13T09:00:00Z on (<moved>)"),
                  NOW)),
          List.of(
              new OffenceBook.Stop(
                  new ValidatorIndex(401_200),
                  "webhook",
                  false,
                  "validator 401200 voted twice for target epoch 194051",
                  NOW,
                  1,
                  Optional.of("done: it answered with status 200")),
              new OffenceBook.Stop(
                  new ValidatorIndex(401_200),
                  "keymanager",
                  true,
                  "validator 401200 voted twice for target epoch 194051",
                  NOW,
                  0,
                  Optional.empty())),
          List.of(
              new DoppelgangerBook.Outage(
                  new ValidatorIndex(401_202), NOW.minusSeconds(3600), Optional.empty(), "<moved>"),
              new DoppelgangerBook.Outage(
                  new ValidatorIndex(9), NOW.minusSeconds(7200), Optional.of(NOW), "")),
          List.of(
              new SigningRecords.Source(
                  "/var/lib/auriga-clients/north-1.json",
                  1_000,
                  Optional.of(NOW.minusSeconds(600)),
                  NOW),
              new SigningRecords.Source("old-machine.json", 1, Optional.empty(), NOW)));

  private SampleSlashings() {}
}
