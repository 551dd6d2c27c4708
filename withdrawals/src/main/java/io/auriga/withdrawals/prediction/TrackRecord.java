package io.auriga.withdrawals.prediction;

/** What earlier predictions were worth, learned from their outcomes. Shared by threads. */
public record TrackRecord(Calibration slots, AmountCalibration amounts) {
  public static TrackRecord empty() {
    return new TrackRecord(new Calibration(), new AmountCalibration());
  }

  /** Forgets all. */
  void clear() {
    slots.clear();
    amounts.clear();
  }

  /** What came of a prediction; nothing while it waits. */
  void scored(PredictionBook.Entry entry) {
    entry
        .outcome()
        .ifPresent(
            outcome ->
                scored(
                    entry.prediction(),
                    entry.madeFrom().slot().value(),
                    outcome.slot(),
                    outcome.amount()));
  }

  /**
   * What came of a prediction.
   *
   * @param madeAt the slot from which it was made
   * @param outcomeSlot when the payment came
   */
  public void scored(Prediction prediction, long madeAt, long outcomeSlot, long amount) {
    SlotInterval slot = prediction.slot();
    slots.scored(
        slot.slot() - madeAt, outcomeSlot, (double) (outcomeSlot - slot.slot()), slot.deviation());
    amounts.scored(prediction.amount(), slot.slot(), madeAt, outcomeSlot, amount);
  }
}
