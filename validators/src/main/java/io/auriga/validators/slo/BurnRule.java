package io.auriga.validators.slo;

/**
 * A budget that burns so fast that somebody should know. Both windows must burn: the long one says
 * that it matters, the short one that it still goes on. The pairs and factors are those of Google's
 * SRE workbook, for a budget of 30 days.
 */
public enum BurnRule {
  /** A fiftieth of the budget within an hour. */
  FAST(Severity.PAGE, Window.HOUR_1, Window.MINUTES_5, 14.4),
  /** A twentieth within six hours. */
  MEDIUM(Severity.PAGE, Window.HOURS_6, Window.MINUTES_30, 6),
  /** A tenth within a day. */
  SLOW(Severity.TICKET, Window.DAY_1, Window.HOURS_2, 3),
  /** A tenth within three days. */
  CREEPING(Severity.TICKET, Window.DAYS_3, Window.HOURS_6, 1);

  /** Whom it concerns. */
  public enum Severity {
    /** Wake somebody. */
    PAGE,
    /** Look at it in the morning. */
    TICKET;

    public String lowerName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Severity severity;
  private final Window over;
  private final Window still;
  private final double factor;

  BurnRule(Severity severity, Window over, Window still, double factor) {
    this.severity = severity;
    this.over = over;
    this.still = still;
    this.factor = factor;
  }

  public Severity severity() {
    return severity;
  }

  /** The long window. */
  public Window over() {
    return over;
  }

  /** The short window. */
  public Window still() {
    return still;
  }

  /** How many times as fast as the budget lasts. */
  public double factor() {
    return factor;
  }

  public String lowerName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
