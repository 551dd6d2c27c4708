package io.auriga.withdrawals.prediction;

import io.auriga.withdrawals.prediction.Prediction.Kind;
import io.auriga.withdrawals.prediction.PredictionBook.Entry;
import io.auriga.withdrawals.prediction.PredictionBook.Outcome;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * By how much the latest predictions erred.
 *
 * @param open predictions that wait for their outcome
 */
public record PredictionQuality(long open, Map<Kind, Figures> kinds) {
  /**
   * The figures of one kind; an error is a share of the horizon, from the block that the prediction
   * was made from to the payment.
   *
   * @param outcomes how many came true
   * @param medianError half of the errors are below it
   * @param highError nine of ten errors are below it
   * @param slotsHeld the share of outcomes within the interval of slots
   * @param amountsHeld the share of outcomes within the interval of amounts
   */
  public record Figures(
      int outcomes, double medianError, double highError, double slotsHeld, double amountsHeld) {}

  public PredictionQuality {
    kinds = Map.copyOf(kinds);
  }

  static PredictionQuality of(List<Entry> entries, long open) {
    Map<Kind, Figures> kinds = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      List<Entry> of =
          entries.stream()
              .filter(entry -> entry.prediction().kind() == kind && entry.outcome().isPresent())
              .toList();
      if (!of.isEmpty()) {
        kinds.put(kind, figures(of));
      }
    }
    return new PredictionQuality(open, kinds);
  }

  private static Figures figures(List<Entry> entries) {
    double[] errors = new double[entries.size()];
    int slots = 0;
    int amounts = 0;
    for (int i = 0; i < errors.length; i++) {
      Entry entry = entries.get(i);
      Prediction predicted = entry.prediction();
      Outcome outcome = entry.outcome().orElseThrow();
      long horizon = Math.max(1, outcome.slot() - entry.madeFrom().slot().value());
      errors[i] = (double) Math.abs(outcome.slot() - predicted.slot().slot()) / horizon;
      slots += predicted.slot().holds(outcome.slot()) ? 1 : 0;
      amounts += predicted.amount().holds(outcome.amount()) ? 1 : 0;
    }
    Arrays.sort(errors);
    return new Figures(
        errors.length,
        errors[errors.length / 2],
        errors[(int) (0.9 * (errors.length - 1))],
        (double) slots / errors.length,
        (double) amounts / errors.length);
  }
}
