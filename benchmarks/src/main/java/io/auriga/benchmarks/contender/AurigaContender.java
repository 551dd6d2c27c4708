package io.auriga.benchmarks.contender;

import io.auriga.benchmarks.duties.Aggregates;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionBlockJson;
import io.auriga.clients.execution.ParsedBlock;
import io.auriga.clients.http.NodeJson;
import io.auriga.crypto.committee.Committees;
import io.auriga.crypto.committee.Shuffling;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.AttestationView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Auriga's side of the comparison. */
public final class AurigaContender {
  private static final ForkName FORK = ForkName.ELECTRA;
  private static final int DEPTH = 64;
  private static final int BYTES = 1 << 24;
  private static final int[] ACTIVE = IntStream.range(0, Inputs.MILLION).toArray();

  private final BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
  private final NodeJson json = new NodeJson(DEPTH, BYTES);
  private final BlockSchemas electra = BlockSchemas.of(Aggregates.spec());
  private final Committees committees = Aggregates.committees(Inputs.MILLION);
  private final Inputs inputs;

  private AurigaContender(Inputs inputs) {
    this.inputs = inputs;
  }

  /** Serves the tasks on the files in the folder named by the argument. */
  public static void main(String[] arguments) throws Exception {
    new Contender(new AurigaContender(Inputs.read(Path.of(arguments[0]))).tasks()).serve();
  }

  private List<Task<?>> tasks() {
    List<Withdrawal> withdrawals = withdrawals();
    return List.of(
        new Task<>("withdrawals-of-ssz", this::withdrawals, AurigaContender::summary),
        new Task<>(
            "verified-withdrawals-of-ssz", () -> WithdrawalsRoot.of(withdrawals()), Root::toHex),
        new Task<>("proven-block-of-ssz", this::proven, AurigaContender::blockHash),
        new Task<>("block-root-of-ssz", () -> view().blockRoot(), Root::toHex),
        new Task<>("withdrawals-root", () -> WithdrawalsRoot.of(withdrawals), Root::toHex),
        new Task<>(
            "header-hash",
            () -> ExecutionHeader.decode(inputs.headerRlp()).hash(),
            BlockHash::toHex),
        new Task<>("withdrawals-of-json", this::parsed, AurigaContender::summary),
        new Task<>("shuffle-million", AurigaContender::shuffled, AurigaContender::digest),
        new Task<>("attesters-of-ssz", this::attesters, AurigaContender::digest));
  }

  private SignedBlockView view() {
    return SignedBlockView.of(schemas, FORK, inputs.ssz());
  }

  private List<Withdrawal> withdrawals() {
    return view().payload().withdrawals();
  }

  private BlockVerdict proven() {
    return BlockVerifier.verify(view(), null);
  }

  private ParsedBlock parsed() {
    return ExecutionBlockJson.parse(json, inputs.json(), "block.json");
  }

  private static int[] shuffled() {
    int[] list = ACTIVE.clone();
    Shuffling.shuffle(list, Aggregates.seed(), 90);
    return list;
  }

  private int[] attesters() {
    return committees.attestingIndices(AttestationView.of(electra, FORK, inputs.attestation()));
  }

  private static String digest(int[] indices) {
    int digest = 0;
    for (int index : indices) {
      digest = 31 * digest + index;
    }
    return indices.length + " from " + indices[0] + ", " + digest;
  }

  private static String blockHash(BlockVerdict verdict) {
    return switch (verdict) {
      case BlockVerdict.Verified verified -> verified.blockHash().toHex();
      case BlockVerdict.Mismatch mismatch -> mismatch.summary();
    };
  }

  private static String summary(ParsedBlock block) {
    return block instanceof ExecutionBlock execution
        ? summary(Objects.requireNonNull(execution.withdrawals()))
        : "no block with withdrawals";
  }

  private static String summary(List<Withdrawal> withdrawals) {
    long sum = withdrawals.stream().mapToLong(withdrawal -> withdrawal.amount().value()).sum();
    long first = withdrawals.getFirst().index().value();
    return withdrawals.size() + " from " + first + ", " + sum + " Gwei";
  }
}
