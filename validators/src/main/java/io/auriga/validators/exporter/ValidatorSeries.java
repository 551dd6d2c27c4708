package io.auriga.validators.exporter;

import io.auriga.runtime.metrics.Metrics;
import java.util.function.Supplier;

/** Series for each watched validator, up to the limit that was asked for. */
final class ValidatorSeries {
  private ValidatorSeries() {}

  static void register(Metrics metrics, Supplier<Picture> picture) {
    metrics.gauge(
        "auriga_validator_missed",
        "1 if the validator missed the newest epoch's attestation; absent if it had none to make.",
        values ->
            picture
                .get()
                .validators()
                .forEach(
                    one ->
                        one.duty()
                            .ifPresent(
                                duty ->
                                    values.put(
                                        duty.isIncluded() ? 0 : 1,
                                        Integer.toString(one.validator())))),
        "validator");
    metrics.gauge(
        "auriga_validator_inclusion_distance_slots",
        "Slots from the newest epoch's attestation to the block that has it; absent if none has.",
        values ->
            picture
                .get()
                .validators()
                .forEach(
                    one ->
                        one.duty()
                            .filter(duty -> duty.isIncluded())
                            .ifPresent(
                                duty ->
                                    values.put(
                                        duty.distance(), Integer.toString(one.validator())))),
        "validator");
    metrics.gauge(
        "auriga_validator_left_out",
        "Watched validators that have no series of their own, as there would be too many.",
        () -> picture.get().leftOut());
  }
}
