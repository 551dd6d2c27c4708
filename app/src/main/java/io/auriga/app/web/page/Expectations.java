package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.Predictor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is expected, for a page: a page never waits long for a node, and says why it shows nothing.
 */
final class Expectations {
  /** A person waits this long for a page; a node that needs longer leaves its part empty. */
  private static final long PATIENCE_MILLIS = 1_500;

  private final WebInputs inputs;

  Expectations(WebInputs inputs) {
    this.inputs = inputs;
  }

  /**
   * What the predictor answered, or why it did not.
   *
   * @param problem empty text where there is an answer
   */
  record Found(List<Predictor.Answer> answers, String problem) {
    List<Outlook> outlooks() {
      return answers.stream().flatMap(answer -> answer.outlooks().stream()).toList();
    }
  }

  Found of(Collection<ValidatorId> validators, Set<Address> addresses) {
    FutureTask<Predictor.Answer> asked =
        new FutureTask<>(() -> inputs.predictions().predict(validators, addresses));
    Thread.ofVirtual().name("auriga-page-prediction").start(asked);
    try {
      return new Found(List.of(asked.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)), "");
    } catch (TimeoutException slow) {
      asked.cancel(true);
      return new Found(
          List.of(), "The beacon node takes long to answer; the next look may have it.");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AurigaException why) {
        return new Found(List.of(), why.getMessage() + ". " + why.remedy() + ".");
      }
      throw new IllegalStateException("a prediction failed", failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return new Found(List.of(), "Auriga is closing.");
    }
  }

  /** For the axis of time: the next ones first, at most {@code limit}. */
  List<PaymentCharts.Expected> drawn(List<Outlook> outlooks, int limit) {
    List<PaymentCharts.Expected> expected = new ArrayList<>();
    for (Outlook outlook : outlooks) {
      for (Prediction payment : outlook.payments()) {
        expected.add(
            new PaymentCharts.Expected(
                inputs.clock().startOf(new Slot(payment.slot().low())),
                inputs.clock().startOf(new Slot(payment.slot().slot())),
                inputs.clock().startOf(new Slot(payment.slot().high())),
                new Gwei(payment.amount().amount())));
      }
    }
    expected.sort(Comparator.comparing(PaymentCharts.Expected::likeliest));
    return expected.stream().limit(limit).toList();
  }
}
