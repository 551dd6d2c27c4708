package io.auriga.validators.slashing;

import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The blocks of watched validators in the store, so that a restart does not forget them. */
public final class ProposalBook {
  private static final Logger LOG = LoggerFactory.getLogger(ProposalBook.class);

  private final Store store;

  public ProposalBook(Store store) {
    this.store = store;
  }

  /** Keeps a block, and lets go of those that {@link Proposals} has forgotten as well. */
  void keep(Sighting.Proposed block) {
    try {
      boolean _ =
          store.inTransaction(
              transaction -> {
                int _ =
                    transaction.update(
                        """
                        INSERT INTO slashing_proposal (validator_index, slot, root)
                        VALUES (?, ?, ?) ON CONFLICT (validator_index, slot, root) DO NOTHING
                        """,
                        block.proposer().value(),
                        block.slot().value(),
                        block.root().toBytes());
                int _ =
                    transaction.update(
                        "DELETE FROM slashing_proposal WHERE slot < ?",
                        block.slot().value() - Proposals.SLOTS_MAX);
                return true;
              });
    } catch (AurigaException failure) {
      // It is remembered all the same; only a restart would forget it.
      LOG.atWarn()
          .addKeyValue("slot", block.slot())
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("A block of a watched validator could not be kept");
    }
  }

  /** All that are kept. */
  void forEach(Consumer<Sighting.Proposed> blocks) {
    boolean _ =
        store.read(
            read -> {
              read.forEach(
                  "SELECT validator_index, slot, root FROM slashing_proposal",
                  row ->
                      blocks.accept(
                          new Sighting.Proposed(
                              new Slot(row.number("slot")),
                              new ValidatorIndex(row.number("validator_index")),
                              Root.of(row.bytes("root")))));
              return true;
            });
  }

  /** The slots that a validator had blocks of, ascending. */
  public List<Slot> slotsOf(ValidatorIndex validator) {
    return store.read(
        read ->
            read.query(
                "SELECT DISTINCT slot FROM slashing_proposal WHERE validator_index = ?"
                    + " ORDER BY slot",
                row -> new Slot(row.number("slot")),
                validator.value()));
  }
}
