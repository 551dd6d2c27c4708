package io.auriga.crypto.ssz;

import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A signed beacon block, read where it lies. Well-formed, because that is checked once at the
 * begin; not yet verified. May be shared between threads as long as nobody changes the bytes.
 */
public final class SignedBlockView {
  private static final int SLOT = 0;
  private static final int PROPOSER_INDEX = 8;
  private static final int PARENT_ROOT = 16;
  private static final int STATE_ROOT = 48;
  private static final int BODY_ROOT = 80;
  private static final int HEADER_LENGTH = 112;

  private final BlockSchemas schemas;
  private final ForkName fork;
  private final byte[] ssz;
  private final SszView block;
  private final SszView body;
  private final PayloadView payload;

  // Computed when first asked for; threads that race compute the same.
  private volatile @Nullable Root bodyRoot;
  private volatile @Nullable Root blockRoot;

  private SignedBlockView(BlockSchemas schemas, ForkName fork, SszView signed) {
    this.schemas = schemas;
    this.fork = fork;
    this.ssz = signed.data();
    this.block = signed.field("message");
    this.body = block.field("body");
    this.payload = new PayloadView(body.field("execution_payload"));
  }

  /**
   * Checks the bytes, which must not change afterwards.
   *
   * @throws SszException if they are not a signed block of the fork
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}
   */
  public static SignedBlockView of(BlockSchemas schemas, ForkName fork, byte[] ssz) {
    return new SignedBlockView(schemas, fork, SszView.of(schemas.signedBlock(fork), ssz));
  }

  public Slot slot() {
    return new Slot(LittleEndian.int64(ssz, block.offset() + SLOT));
  }

  public ValidatorIndex proposerIndex() {
    return new ValidatorIndex(LittleEndian.int64(ssz, block.offset() + PROPOSER_INDEX));
  }

  public Root parentRoot() {
    return Root.at(ssz, block.offset() + PARENT_ROOT);
  }

  public Root stateRoot() {
    return Root.at(ssz, block.offset() + STATE_ROOT);
  }

  public Root bodyRoot() {
    Root root = bodyRoot;
    if (root == null) {
      root = body.hashTreeRoot();
      bodyRoot = root;
    }
    return root;
  }

  /** The root that identifies the block: the signature is no part of it. */
  public Root blockRoot() {
    Root root = blockRoot;
    if (root == null) {
      // A block and its header have the same root, by design; the header's is cheap.
      byte[] header = new byte[HEADER_LENGTH];
      System.arraycopy(ssz, block.offset(), header, 0, BODY_ROOT);
      bodyRoot().copyTo(header, BODY_ROOT);
      SszContainer type = schemas.type(fork, "BeaconBlockHeader");
      root = SszHasher.hashTreeRoot(type, header, 0, HEADER_LENGTH);
      blockRoot = root;
    }
    return root;
  }

  public ForkName fork() {
    return fork;
  }

  /** The signed block's SSZ: the array itself. */
  public byte[] bytes() {
    return ssz;
  }

  public PayloadView payload() {
    return payload;
  }

  /** Attestations, slashings, exits, and what else validators did. */
  public OperationsView operations() {
    return new OperationsView(body);
  }

  /** The body's fields, for what this view has no method for. */
  public SszView body() {
    return body;
  }

  /** Whether the fork's blocks have requests of the execution layer: from Electra on. */
  public boolean hasExecutionRequests() {
    return body.has("execution_requests");
  }

  /**
   * The requests of the execution layer as EIP-7685 has them: for each type, ascending, the type's
   * byte and the SSZ of the list; types without requests are left out. Empty before Electra.
   *
   * <p>{@code get_execution_requests_list}, Electra.
   */
  public List<byte[]> executionRequests() {
    if (!hasExecutionRequests()) {
      return List.of();
    }
    SszView requests = body.field("execution_requests");
    List<byte[]> prefixed = new ArrayList<>();
    add(prefixed, ExecutionRequestType.DEPOSIT, requests);
    add(prefixed, ExecutionRequestType.WITHDRAWAL, requests);
    add(prefixed, ExecutionRequestType.CONSOLIDATION, requests);
    return prefixed;
  }

  /** Deposits of the old bridge, in their order; since Electra they come as requests instead. */
  public List<Deposit> bridgedDeposits() {
    SszView list = body.field("deposits");
    return IntStream.range(0, list.count())
        .mapToObj(i -> deposit(list.element(i).field("data")))
        .toList();
  }

  /** Deposits as requests (EIP-6110), in their order. Empty before Electra. */
  public List<Deposit> depositRequests() {
    return requests(ExecutionRequestType.DEPOSIT, SignedBlockView::deposit);
  }

  private static Deposit deposit(SszView data) {
    return new Deposit(publicKey(data, "pubkey"), new Gwei(data.uint64("amount")));
  }

  /** Requests to pay out (EIP-7002), in their order. Empty before Electra. */
  public List<WithdrawalRequest> withdrawalRequests() {
    return requests(
        ExecutionRequestType.WITHDRAWAL,
        request ->
            new WithdrawalRequest(
                address(request, "source_address"),
                publicKey(request, "validator_pubkey"),
                new Gwei(request.uint64("amount"))));
  }

  /** Requests to consolidate (EIP-7251), in their order. Empty before Electra. */
  public List<ConsolidationRequest> consolidationRequests() {
    return requests(
        ExecutionRequestType.CONSOLIDATION,
        request ->
            new ConsolidationRequest(
                address(request, "source_address"),
                publicKey(request, "source_pubkey"),
                publicKey(request, "target_pubkey")));
  }

  private <T> List<T> requests(ExecutionRequestType type, Function<SszView, T> form) {
    if (!hasExecutionRequests()) {
      return List.of();
    }
    SszView list = body.field("execution_requests").field(type.field());
    return IntStream.range(0, list.count()).mapToObj(i -> form.apply(list.element(i))).toList();
  }

  private static Address address(SszView container, String field) {
    return Address.at(container.data(), container.positionOf(field, Address.LENGTH));
  }

  private static BlsPublicKey publicKey(SszView container, String field) {
    return BlsPublicKey.of(container.field(field).toBytes());
  }

  private static void add(List<byte[]> prefixed, ExecutionRequestType type, SszView requests) {
    SszView list = requests.field(type.field());
    if (list.length() > 0) {
      byte[] request = new byte[1 + list.length()];
      request[0] = type.prefix();
      System.arraycopy(list.data(), list.offset(), request, 1, list.length());
      prefixed.add(request);
    }
  }

  @Override
  public String toString() {
    return "SignedBlockView[" + fork.lowerName() + " slot " + slot() + "]";
  }
}
