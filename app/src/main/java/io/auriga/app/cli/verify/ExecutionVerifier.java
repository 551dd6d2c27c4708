package io.auriga.app.cli.verify;

import io.auriga.crypto.trie.MerklePatricia;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.types.ForkName;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges one execution block: the withdrawals against the header's {@code withdrawalsRoot}, the
 * header against the block hash, and the transactions against their root where the file has them
 * whole. The last is no claim about withdrawals, but a header hash alone would not show it.
 */
final class ExecutionVerifier {
  private final Network network;

  ExecutionVerifier(Network network) {
    this.network = network;
  }

  FileReport verify(String file, ExecutionBlockFile block) {
    Optional<ForkName> scheduled =
        block.timestamp() == null ? Optional.empty() : network.forkAtTime(block.timestamp());
    Judgement judgement = new Judgement(file, block, forkName(block, scheduled));
    List<Withdrawal> withdrawals = block.withdrawals();
    if (block.claimedRoot() != null) {
      return withdrawals == null
          ? judgement.withoutList()
          : judgement.compared(withdrawals, note(block, scheduled));
    }
    if (!HeaderField.isBeforeShanghai(block.fieldCount())) {
      return judgement.unreadable("the header lacks withdrawalsRoot, and has later fields");
    }
    return judgement.withoutRoot(withdrawals, scheduled);
  }

  /** By the network's schedule where it and the header's form agree; by the form otherwise. */
  private static @Nullable String forkName(ExecutionBlockFile block, Optional<ForkName> scheduled) {
    return scheduled
        .filter(fork -> fieldsOf(fork) == block.fieldCount())
        .map(ExecutionVerifier::executionName)
        .orElse(HeaderField.forkOf(block.fieldCount()));
  }

  private @Nullable String note(ExecutionBlockFile block, Optional<ForkName> scheduled) {
    if (scheduled.isPresent() && fieldsOf(scheduled.get()) != block.fieldCount()) {
      return "its header has "
          + block.fieldCount()
          + " fields, which is not the form that "
          + network.spec().name()
          + " had at its time: is it a block of another network?";
    }
    return null;
  }

  private static int fieldsOf(ForkName fork) {
    return switch (fork) {
      case PHASE0, ALTAIR, BELLATRIX -> 16;
      case CAPELLA -> 17;
      case DENEB -> 20;
      case ELECTRA, FULU -> 21;
      case GLOAS -> 23;
    };
  }

  /** What the execution layer calls its half of the fork. */
  private static String executionName(ForkName fork) {
    return switch (fork) {
      case PHASE0, ALTAIR -> "london";
      case BELLATRIX -> "paris";
      case CAPELLA -> "shanghai";
      case DENEB -> "cancun";
      case ELECTRA -> "prague";
      case FULU -> "osaka";
      case GLOAS -> "amsterdam";
    };
  }

  /** One block on its way to a verdict. */
  private final class Judgement {
    private final String file;
    private final ExecutionBlockFile block;
    private final @Nullable String fork;
    private final Check hash;

    Judgement(String file, ExecutionBlockFile block, @Nullable String fork) {
      this.file = file;
      this.block = block;
      this.fork = fork;
      this.hash = new Check(block.claimedHash(), block.computedHash());
    }

    /** A header with a root and a list: the usual case. */
    FileReport compared(List<Withdrawal> withdrawals, @Nullable String note) {
      Check root = new Check(block.claimedRoot(), WithdrawalsRoot.of(withdrawals).toHex());
      if (root.differs() && withdrawals.isEmpty() && isOpStack()) {
        if (!network.chosen() && hash.computed() != null && !hash.differs()) {
          return report(
              withdrawals,
              root,
              Verdict.NOT_APPLICABLE,
              "a block of the OP Stack: there withdrawalsRoot is a storage root, not the root of"
                  + " the list");
        }
      }
      List<String> differences = new ArrayList<>();
      if (root.differs()) {
        differences.add(
            "withdrawalsRoot: the header has "
                + root.claimed()
                + ", the "
                + withdrawals.size()
                + " withdrawals listed have "
                + root.computed());
      }
      addHashDifference(differences);
      addTransactionsDifference(differences);
      if (!differences.isEmpty()) {
        return report(withdrawals, root, Verdict.MISMATCH, String.join("; ", differences));
      }
      if (hash.computed() == null) {
        String missing = "the block hash cannot be computed without " + missing();
        return hash.claimed() == null
            ? report(withdrawals, root, Verdict.VERIFIED, "by withdrawalsRoot alone: " + missing)
            : report(withdrawals, root, Verdict.UNREADABLE, missing);
      }
      return report(withdrawals, root, Verdict.VERIFIED, note);
    }

    /** A header with a root, and nothing to compare it with. */
    FileReport withoutList() {
      List<String> differences = new ArrayList<>();
      addHashDifference(differences);
      Check root = new Check(block.claimedRoot(), null);
      return differences.isEmpty()
          ? report(
              null,
              root,
              Verdict.UNREADABLE,
              "the list of withdrawals is missing, though the header has withdrawalsRoot; give the"
                  + " whole block")
          : report(null, root, Verdict.MISMATCH, String.join("; ", differences));
    }

    /**
     * A header in a form from before Shanghai. It must prove that it is one, because leaving out
     * both the root and the list makes any block look so.
     */
    FileReport withoutRoot(@Nullable List<Withdrawal> withdrawals, Optional<ForkName> scheduled) {
      Check root =
          withdrawals == null ? null : new Check(null, WithdrawalsRoot.of(withdrawals).toHex());
      List<String> differences = new ArrayList<>();
      if (withdrawals != null && (!withdrawals.isEmpty() || hash.claimed() == null)) {
        differences.add(
            withdrawals.size() + " withdrawals are listed, but the header has no withdrawalsRoot");
      }
      addHashDifference(differences);
      if (scheduled.isPresent() && scheduled.get().isAtLeast(ForkName.CAPELLA)) {
        differences.add(
            "the header has no withdrawalsRoot, but "
                + network.spec().name()
                + " had passed Shanghai at its time");
      }
      if (!differences.isEmpty()) {
        return report(withdrawals, root, Verdict.MISMATCH, String.join("; ", differences));
      }
      if (hash.computed() == null) {
        return report(
            withdrawals,
            root,
            Verdict.UNREADABLE,
            "it has no withdrawalsRoot, and without " + missing() + " it is no whole block either");
      }
      return report(
          withdrawals,
          root,
          Verdict.NOT_APPLICABLE,
          "the block is older than Shanghai, so that it has no withdrawals");
    }

    private void addHashDifference(List<String> differences) {
      if (hash.differs()) {
        differences.add(
            "block hash: the file claims "
                + hash.claimed()
                + ", the header hashes to "
                + hash.computed()
                + (block.unknownFields().isEmpty()
                    ? ""
                    : " (fields not known to this version: "
                        + String.join(", ", block.unknownFields())
                        + ")"));
      }
    }

    private void addTransactionsDifference(List<String> differences) {
      if (block.claimedTransactionsRoot() == null
          || !(block.transactions() instanceof TransactionList.Encoded encoded)) {
        return;
      }
      String computed = MerklePatricia.rootOfList(encoded.items()).toHex();
      if (!computed.equals(block.claimedTransactionsRoot())) {
        differences.add(
            "transactionsRoot: the header has "
                + block.claimedTransactionsRoot()
                + ", the transactions listed have "
                + computed
                + (encoded.altered().isEmpty() ? "" : " (" + encoded.altered() + ")"));
      }
    }

    private boolean isOpStack() {
      return block.isOpStackHeader()
          || block.transactions() instanceof TransactionList.WithOpStackDeposit;
    }

    private String missing() {
      List<String> names = block.missing();
      return names.size() <= 4
          ? String.join(", ", names)
          : names.size() + " header fields (" + names.getFirst() + " and others)";
    }

    FileReport unreadable(String reason) {
      return report(block.withdrawals(), null, Verdict.UNREADABLE, reason);
    }

    private FileReport report(
        @Nullable List<Withdrawal> withdrawals,
        @Nullable Check root,
        Verdict verdict,
        @Nullable String reason) {
      return new FileReport(
          file,
          BlockKind.EXECUTION,
          fork,
          withdrawals == null ? null : withdrawals.size(),
          root,
          hash,
          null,
          verdict,
          reason);
    }
  }
}
