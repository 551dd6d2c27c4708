package io.auriga.app.web.page;

/** One block as a line of a table. */
public record BlockRow(
    String key,
    String root,
    String slotText,
    String epochText,
    String numberText,
    String hash,
    String fork,
    long withdrawals,
    Amount total,
    Moment time,
    StageChip stage,
    boolean orphaned) {}
