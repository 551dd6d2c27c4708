package io.auriga.app.web.page;

import io.auriga.withdrawals.KindEvidence;

/**
 * The kind of a withdrawal in a word.
 *
 * @param meaning how it is known, or why it is not
 */
public record KindLabel(String text, String meaning) {
  static KindLabel of(KindEvidence evidence) {
    String text =
        switch (evidence.kind()) {
          case FULL -> "Full";
          case SWEEP_EXCESS -> "Excess";
          case REQUESTED_PARTIAL -> "Requested";
          case BUILDER -> "Builder";
          case UNKNOWN -> "Unknown";
        };
    return new KindLabel(text, evidence.meaning() + ".");
  }
}
