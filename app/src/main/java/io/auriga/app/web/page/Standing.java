package io.auriga.app.web.page;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Epoch;

/** Where a validator stands in its life, for people. */
public record Standing(Tone tone, String text) {
  static final Standing UNKNOWN = new Standing(Tone.QUIET, "not asked yet");

  static Standing of(Validator validator, Epoch now) {
    Validator.Life life = validator.life();
    if (now.compareTo(life.activation()) < 0) {
      return new Standing(Tone.BUSY, "pending");
    }
    if (now.compareTo(life.withdrawable()) >= 0) {
      return new Standing(Tone.QUIET, "withdrawable");
    }
    if (validator.slashed()) {
      return new Standing(Tone.BAD, "slashed");
    }
    if (now.compareTo(life.exit()) >= 0) {
      return new Standing(Tone.QUIET, "exited");
    }
    return life.exit().isScheduled()
        ? new Standing(Tone.WARN, "leaves in epoch " + life.exit())
        : new Standing(Tone.OK, "active");
  }
}
