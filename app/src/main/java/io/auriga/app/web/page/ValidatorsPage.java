package io.auriga.app.web.page;

import java.util.List;
import java.util.Optional;

/**
 * The watched validators.
 *
 * @param heading the whole in a sentence
 * @param problem why rewards are not known; empty text for nothing
 * @param epochs which are shown; empty text before the first
 * @param moreScopes groups and labels that are not shown
 * @param rows a page of them
 * @param shown which of how many these are
 * @param byMisses whether those that missed most come first
 */
public record ValidatorsPage(
    Chrome chrome,
    String heading,
    String problem,
    String epochs,
    List<Scope> scopes,
    int moreScopes,
    List<Row> rows,
    String shown,
    boolean byMisses,
    String orderLink,
    Optional<String> previousLink,
    Optional<String> nextLink) {
  public ValidatorsPage {
    scopes = List.copyOf(scopes);
    rows = List.copyOf(rows);
  }

  /** The network, all who are watched, a group or a label. */
  public record Scope(
      String key,
      String name,
      String link,
      boolean chosen,
      String validators,
      String effectiveness,
      String missed,
      Optional<Earned> earned) {}

  /** One validator. */
  public record Row(
      String validator,
      String group,
      String labels,
      Standing standing,
      DutyStrip strip,
      String effectiveness,
      String next,
      Optional<Amount> balance,
      Optional<Earned> earned) {}
}
