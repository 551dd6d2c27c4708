package io.auriga.crypto.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BlockVerifierTest {
  private static final BlockSchemas MINIMAL = BlockSchemas.of(ChainSpec.builtIn("minimal"));
  private static final int WITHDRAWAL_BYTES = 44;

  @Test
  void verifiesABlockAgainstTheRootItWasAskedForBy() {
    SignedBlockView view = block();
    BlockVerdict verdict = BlockVerifier.verify(view, view.blockRoot());
    assertThat(verdict)
        .isEqualTo(
            new BlockVerdict.Verified(
                view.blockRoot(),
                view.bodyRoot(),
                view.payload().blockHash(),
                view.payload().withdrawalsMptRoot(),
                view.payload().withdrawalsSszRoot()));
    assertThat(BlockVerifier.verify(view, null)).isEqualTo(verdict);
  }

  @Test
  void namesTheBlockRootThatIsNotTheExpectedOne() {
    SignedBlockView view = block();
    assertThat(BlockVerifier.verify(view, Root.ZERO))
        .isEqualTo(
            new BlockVerdict.Mismatch("block root", Root.ZERO.toHex(), view.blockRoot().toHex()));
  }

  @Test
  void findsEveryChangedByteOfEveryWithdrawal() {
    SignedBlockView view = block();
    SszView withdrawals = withdrawalsOf(view);
    assertThat(withdrawals.count()).isPositive();
    for (int i = 0; i < withdrawals.length(); i++) {
      byte[] changed = view.bytes().clone();
      changed[withdrawals.offset() + i] ^= 1;
      assertMismatch(view, changed);
    }
  }

  @Test
  void findsWithdrawalsInAnotherOrder() {
    SignedBlockView view = block();
    SszView withdrawals = withdrawalsOf(view);
    assertThat(withdrawals.count()).isGreaterThanOrEqualTo(2);
    byte[] swapped = view.bytes().clone();
    int first = withdrawals.offset();
    System.arraycopy(view.bytes(), first, swapped, first + WITHDRAWAL_BYTES, WITHDRAWAL_BYTES);
    System.arraycopy(view.bytes(), first + WITHDRAWAL_BYTES, swapped, first, WITHDRAWAL_BYTES);
    assertMismatch(view, swapped);
  }

  @Test
  void findsAChangedHeaderFieldTransactionOrRequest() {
    SignedBlockView view = block();
    SszView payload = view.body().field("execution_payload");
    for (String field :
        new String[] {
          "parent_hash", "fee_recipient", "state_root", "receipts_root", "logs_bloom",
              "prev_randao",
          "block_number", "gas_limit", "gas_used", "timestamp", "base_fee_per_gas", "block_hash",
          "blob_gas_used", "excess_blob_gas"
        }) {
      byte[] changed = view.bytes().clone();
      changed[payload.field(field).offset()] ^= 1;
      assertMismatch(view, changed);
    }
    byte[] request = view.bytes().clone();
    request[view.body().field("execution_requests").field("withdrawals").offset()] ^= 1;
    assertMismatch(view, request);
    byte[] transaction = view.bytes().clone();
    transaction[payload.field("transactions").element(0).offset()] ^= 1;
    assertMismatch(view, transaction);
    // The parent root is in the execution header as well, from Deneb on.
    byte[] parent = view.bytes().clone();
    parent[100 + 16] ^= 1;
    assertMismatch(view, parent);
  }

  /** Damage in what the block hash covers shows even if no root is known. */
  private static void assertMismatch(SignedBlockView original, byte[] changed) {
    SignedBlockView view = SignedBlockView.of(MINIMAL, original.fork(), changed);
    assertThat(BlockVerifier.verify(view, original.blockRoot()))
        .isInstanceOfSatisfying(
            BlockVerdict.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.part()).isEqualTo("block root");
              assertThat(mismatch.claimed()).isEqualTo(original.blockRoot().toHex());
            });
    assertThat(BlockVerifier.verify(view, null))
        .isInstanceOfSatisfying(
            BlockVerdict.Mismatch.class,
            mismatch -> {
              assertThat(mismatch.part()).isEqualTo("execution block hash");
              assertThat(mismatch.summary())
                  .contains(mismatch.claimed(), mismatch.computed(), "execution block hash");
            });
  }

  private static SszView withdrawalsOf(SignedBlockView view) {
    return view.body().field("execution_payload").field("withdrawals");
  }

  private static SignedBlockView block() {
    Path file = Vectors.recording("chain-minimal-capella-to-fulu/blocks/35_electra.ssz");
    return SignedBlockView.of(MINIMAL, ForkName.ELECTRA, Vectors.read(file));
  }
}
