package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;
import io.auriga.withdrawals.exit.ExitRules;
import io.auriga.withdrawals.exit.ExitWindow;
import io.auriga.withdrawals.exit.ExitWindow.Epochs;
import io.auriga.withdrawals.prediction.ExitOutlook.IfNow;
import io.auriga.withdrawals.prediction.ExitOutlook.Leaving;
import io.auriga.withdrawals.prediction.ExitOutlook.NotNow;
import io.auriga.withdrawals.prediction.Prediction.AmountInterval;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What leaving means for a validator: the conditions of {@code process_voluntary_exit}, which a
 * requested exit (EIP-7002) has to meet as well, the queue, and the turn of the sweep behind it.
 */
final class ExitForecast {
  private final Forecast forecast;
  private final SweepRules sweep;
  private final ExitWindow window;

  ExitForecast(Forecast forecast, SweepRules sweep, ExitWindow window) {
    this.forecast = forecast;
    this.sweep = sweep;
    this.window = window;
  }

  ExitOutlook of(Validator validator, Optional<Income.Past> past) {
    Outlook outlook = forecast.of(validator, past);
    Validator.Life life = validator.life();
    if (life.exit().isScheduled()) {
      return new Leaving(validator, life.exit(), life.withdrawable(), last(outlook));
    }
    Optional<NotNow> refused = refused(outlook);
    if (refused.isPresent()) {
      return refused.get();
    }
    Epochs exit = window.enter(weight(validator)).exit();
    return ifNow(validator, exit, past);
  }

  /** What it takes of the room for those who leave. */
  long weight(Validator validator) {
    return window.best().rules().weight(validator.effectiveBalance().value());
  }

  private Optional<NotNow> refused(Outlook outlook) {
    Validator validator = outlook.validator();
    ExitRules rules = window.best().rules();
    Epoch activation = validator.life().activation();
    if (!activation.isScheduled()) {
      return refused(validator, "it is not active, and was given no activation epoch yet", null);
    }
    Epoch may = rules.mayLeave(activation);
    if (activation.compareTo(window.now()) > 0) {
      return refused(validator, "it is active from epoch " + activation + " on", may);
    }
    if (window.now().compareTo(may) < 0) {
      String reason = "a validator must serve " + rules.committeePeriod() + " epochs first";
      return refused(validator, reason, may);
    }
    int waiting = outlook.queue().size();
    if (rules.byBalance() && waiting > 0) {
      String reason =
          "%d requested partial %s must be paid first"
              .formatted(waiting, waiting == 1 ? "withdrawal" : "withdrawals");
      return refused(validator, reason, afterPartials(outlook).orElse(null));
    }
    return Optional.empty();
  }

  private static Optional<NotNow> refused(
      Validator validator, String reason, @Nullable Epoch from) {
    return Optional.of(new NotNow(validator, reason, Optional.ofNullable(from)));
  }

  private Optional<Epoch> afterPartials(Outlook outlook) {
    long paid =
        outlook.payments().stream().filter(payment -> payment.kind() == Kind.PARTIAL).count();
    if (paid < outlook.queue().size()) {
      return Optional.empty();
    }
    return outlook.payments().stream()
        .filter(payment -> payment.kind() == Kind.PARTIAL)
        .map(payment -> new Epoch(sweep.epochOf(payment.slot().slot() + 1)))
        .max(Epoch::compareTo);
  }

  private IfNow ifNow(Validator validator, Epochs exit, Optional<Income.Past> past) {
    Epochs withdrawable = window.withdrawable(exit);
    Optional<Prediction> soonest =
        last(forecast.of(leaving(validator, exit.soonest(), withdrawable.soonest()), past));
    Optional<Prediction> latest =
        exit.isExact()
            ? soonest
            : last(forecast.of(leaving(validator, exit.latest(), withdrawable.latest()), past));
    Optional<Prediction> both =
        soonest.isPresent() && latest.isPresent()
            ? Optional.of(span(soonest.get(), latest.get()))
            : Optional.empty();
    return new IfNow(validator, exit, withdrawable, both);
  }

  private static Validator leaving(Validator validator, Epoch exit, Epoch withdrawable) {
    Validator.Life life = validator.life();
    return new Validator(
        validator.index(),
        validator.publicKey(),
        validator.credentials(),
        validator.balance(),
        validator.effectiveBalance(),
        validator.slashed(),
        new Validator.Life(life.activationEligibility(), life.activation(), exit, withdrawable));
  }

  private static Optional<Prediction> last(Outlook outlook) {
    return outlook.payments().stream().filter(one -> one.kind() == Kind.FULL).findFirst();
  }

  /** The later one is promised; the interval holds both. */
  private static Prediction span(Prediction soonest, Prediction latest) {
    AmountInterval one = soonest.amount();
    AmountInterval other = latest.amount();
    return new Prediction(
        latest.validator(),
        Kind.FULL,
        new SlotInterval(
            soonest.slot().low(),
            latest.slot().slot(),
            latest.slot().high(),
            latest.slot().deviation()),
        new AmountInterval(
            Math.min(one.low(), other.low()),
            other.amount(),
            Math.max(one.high(), other.high()),
            other.accrues()));
  }
}
