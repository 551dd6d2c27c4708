package io.auriga.historyflink;

import io.auriga.types.AurigaException;

/**
 * What became of one era of one file, or of a file that could not be opened.
 *
 * @param era -1 where the file was refused before its eras were known
 * @param verdict {@link #VERIFIED}, or the code of what is wrong; then there are no rows
 * @param problem empty where it is verified
 */
public record EraVerdict(
    String file, long era, String verdict, long blocks, long withdrawals, String problem) {
  /** All blocks are verified, and their withdrawals are in the output. */
  public static final String VERIFIED = "VERIFIED";

  /** The names of the columns of {@link #csv}. */
  public static final String CSV_HEADING = "file,era,verdict,blocks,withdrawals,problem";

  static EraVerdict refused(String file, long era, AurigaException reason) {
    return new EraVerdict(file, era, reason.code(), 0, 0, String.valueOf(reason.getMessage()));
  }

  boolean isVerified() {
    return verdict.equals(VERIFIED);
  }

  /** One line of CSV. */
  public String csv() {
    return String.join(
        ",",
        quoted(file),
        era < 0 ? "" : Long.toString(era),
        verdict,
        Long.toString(blocks),
        Long.toString(withdrawals),
        quoted(problem));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"").replaceAll("\\R", " ") + '"';
  }
}
