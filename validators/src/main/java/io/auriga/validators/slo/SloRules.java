package io.auriga.validators.slo;

import java.util.Locale;

/**
 * The alert rules for Prometheus. Objectives are not in them but in the metrics, so that the rules
 * stay as they are when an objective changes; the exact probability is Auriga's, as no query could
 * compute it.
 */
public final class SloRules {
  /** An epoch is counted when its last block is there: three epochs late is normal on mainnet. */
  private static final int STALE_SECONDS = 2_400;

  private SloRules() {}

  /**
   * A file of rules.
   *
   * @param significance how improbable misses must be, if the objective is met
   */
  public static String yaml(double significance) {
    StringBuilder yaml = new StringBuilder();
    yaml.append(
        """
        # Written by: auriga validators slo --rules
        # Tested by:  promtool test rules auriga.rules.test.yml
        groups:
          - name: auriga-slo
            rules:
        """);
    for (BurnRule rule : BurnRule.values()) {
      burn(yaml, rule, significance);
    }
    alert(
        yaml,
        "AurigaSloBudgetGone",
        "auriga_slo_budget_left_ratio <= 0 and on (instance, job, scope, objective)"
            + " auriga_slo_chance{window=\"30d\"} <= "
            + number(significance),
        "15m",
        "ticket",
        "{{ $labels.scope }}: the error budget of {{ $labels.objective }} is gone",
        "More was missed in 30 days than the objective allows, and that is not chance.");
    alert(
        yaml,
        "AurigaSloStale",
        "time() - auriga_slo_last_success_timestamp_seconds > " + STALE_SECONDS,
        "30m",
        "ticket",
        "Duties are not counted any more",
        "The objectives are as they were at the last epoch that was counted. See"
            + " auriga_chain_lag_slots and the log.");
    yaml.append("  - name: auriga\n    rules:\n");
    alert(
        yaml,
        "AurigaSlashable",
        "sum by (instance, job, kind) (auriga_slashing_offences_total{watched=\"true\"}) > 0",
        "0m",
        "page",
        "A watched validator can be slashed: {{ $labels.kind }}",
        "Two signers have its key. Stop all of them first; then see auriga slashing status.");
    alert(
        yaml,
        "AurigaDoppelganger",
        "sum by (instance, job) (auriga_slashing_doppelgangers_total) > 0",
        "0m",
        "page",
        "Somebody else signs with the key of a watched validator",
        "Its own client did not sign what was seen. See auriga slashing status for the evidence.");
    alert(
        yaml,
        "AurigaWatchListRefused",
        "auriga_watch_list_refused == 1",
        "5m",
        "ticket",
        "The list of watched validators is wrong",
        "The last good list is in use. auriga validators check says where it is wrong.");
    alert(
        yaml,
        "AurigaLagging",
        "auriga_chain_lag_slots > 4",
        "5m",
        "page",
        "Auriga is {{ $value }} slots behind",
        "What it says is old. See its log, its disk and its nodes.");
    alert(
        yaml,
        "AurigaRefused",
        "increase(auriga_chain_refused_total[10m]) > 0",
        "0m",
        "ticket",
        "A node's data was refused: {{ $labels.code }}",
        "The node served what it does not prove. The code is in the reference of errors.");
    alert(
        yaml,
        "AurigaNodeDown",
        "auriga_node_up == 0",
        "5m",
        "ticket",
        "The node {{ $labels.node }} does not answer",
        "See auriga doctor.");
    alert(
        yaml,
        "AurigaWithdrawalsGap",
        "auriga_withdrawals_gap_size > 0",
        "10m",
        "ticket",
        "{{ $value }} withdrawals are missing",
        "See auriga withdrawals gaps.");
    return yaml.toString();
  }

  private static void burn(StringBuilder yaml, BurnRule rule, double significance) {
    String factor = number(rule.factor());
    String expression =
        ("auriga_slo_burn_rate{window=\"%s\"} >= %s and ignoring (window)"
                + " auriga_slo_burn_rate{window=\"%s\"} >= %s and ignoring (window)"
                + " auriga_slo_chance{window=\"%s\"} <= %s")
            .formatted(
                rule.over().text(),
                factor,
                rule.still().text(),
                factor,
                rule.over().text(),
                number(significance));
    String name = rule.name().charAt(0) + rule.name().substring(1).toLowerCase(Locale.ROOT);
    alert(
        yaml,
        "AurigaSloBurn" + name,
        expression,
        "0m",
        rule.severity().lowerName(),
        "{{ $labels.scope }} misses too much: {{ $labels.objective }}",
        ("Over %s the error budget burns {{ $value | humanize }} times as fast as it lasts, still"
                + " does over %s, and that is not chance. What the whole network missed is not"
                + " counted.")
            .formatted(rule.over().text(), rule.still().text()));
  }

  private static void alert(
      StringBuilder yaml,
      String name,
      String expression,
      String wait,
      String severity,
      String summary,
      String description) {
    yaml.append(
        """
              - alert: %s
                expr: >-
                  %s
                for: %s
                labels:
                  severity: %s
                annotations:
                  summary: "%s"
                  description: >-
                    %s
        """
            .formatted(name, expression, wait, severity, summary, description));
  }

  /** Without an exponent that somebody has to read twice: {@code 14.4}, {@code 0.0001}. */
  private static String number(double value) {
    return new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
