package io.auriga.app.web.page;

/**
 * How far a withdrawal or a block has come, as a row of four stars of which {@code lit} shine.
 *
 * @param css the style sheet's class
 */
public record StageChip(String css, String label, int lit, String meaning) {
  public static final StageChip CONSENSUS =
      new StageChip("consensus", "Consensus", 1, "In a verified consensus block");
  public static final StageChip EXECUTION =
      new StageChip(
          "execution", "Execution", 2, "The execution node holds the payload that carries it");
  public static final StageChip SAFE =
      new StageChip("safe", "Safe", 3, "At or below a justified checkpoint");
  public static final StageChip FINALIZED =
      new StageChip("finalized", "Finalized", 4, "At or below the finalized checkpoint: it stays");
  public static final StageChip ORPHANED =
      new StageChip("orphaned", "Orphaned", 0, "Its block left the canonical chain in a reorg");
}
