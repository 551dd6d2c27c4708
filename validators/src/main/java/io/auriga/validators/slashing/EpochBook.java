package io.auriga.validators.slashing;

import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The votes of each epoch in the store, so that a restart forgets no more than the epochs that were
 * still growing. Whose votes they are is part of it: those of watched validators alone are no
 * answer for everybody's.
 */
public final class EpochBook implements VoteHistory.Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(EpochBook.class);

  private final Store store;
  private final boolean everybody;
  private final int window;

  /**
   * @param everybody whether the votes of all validators are kept
   * @param window how many epochs
   */
  public EpochBook(Store store, boolean everybody, int window) {
    this.store = store;
    this.everybody = everybody;
    this.window = window;
  }

  /** Gives the history what is kept; what cannot be read is left out, and said. */
  public void restore(VoteHistory history) {
    List<Long> unreadable = new ArrayList<>();
    boolean _ =
        store.read(
            read -> {
              read.forEach(
                  "SELECT target_epoch, votes FROM slashing_epoch WHERE everybody = ?",
                  row -> {
                    try {
                      history.restore(new Epoch(row.number("target_epoch")), row.bytes("votes"));
                    } catch (IOException broken) {
                      unreadable.add(row.number("target_epoch"));
                    }
                  },
                  everybody ? 1 : 0);
              return true;
            });
    if (!unreadable.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("epochs", unreadable.size())
          .addKeyValue("first", unreadable.getFirst())
          .log("Kept votes cannot be read and are forgotten");
    }
  }

  @Override
  public void keep(Epoch epoch, byte[] votes) {
    try {
      boolean _ =
          store.inTransaction(
              transaction -> {
                int _ =
                    transaction.update(
                        """
                        INSERT INTO slashing_epoch (target_epoch, everybody, votes)
                        VALUES (?, ?, ?) ON CONFLICT (target_epoch, everybody)
                        DO UPDATE SET votes = excluded.votes
                        """,
                        epoch.value(),
                        everybody ? 1 : 0,
                        votes);
                int _ =
                    transaction.update(
                        "DELETE FROM slashing_epoch WHERE target_epoch <= ?",
                        epoch.value() - window);
                return true;
              });
    } catch (AurigaException failure) {
      // They are remembered all the same; only a restart would forget them.
      LOG.atWarn()
          .addKeyValue("epoch", epoch)
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("The votes of an epoch could not be kept");
    }
  }
}
