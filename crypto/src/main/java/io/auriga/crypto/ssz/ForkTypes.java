package io.auriga.crypto.ssz;

import static io.auriga.crypto.ssz.SszContainer.field;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.SszContainer.Field;
import io.auriga.crypto.ssz.SszSchema.Bitlist;
import io.auriga.crypto.ssz.SszSchema.Bitvector;
import io.auriga.crypto.ssz.SszSchema.ByteList;
import io.auriga.crypto.ssz.SszSchema.ByteVector;
import io.auriga.crypto.ssz.SszSchema.Uint;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.List;

/**
 * The containers of signed blocks in one fork (consensus-specs, beacon-chain.md of phase0, altair,
 * bellatrix, capella, deneb and electra; Fulu changes none of them).
 */
final class ForkTypes {
  private static final SszSchema UINT64 = new Uint(8);
  private static final SszSchema UINT256 = new Uint(32);
  private static final SszSchema BYTES32 = new ByteVector(32);
  private static final SszSchema ADDRESS = new ByteVector(20);
  private static final SszSchema PUBLIC_KEY = new ByteVector(48);
  private static final SszSchema SIGNATURE = new ByteVector(96);
  private static final SszSchema KZG_COMMITMENT = new ByteVector(48);

  /** {@code DEPOSIT_CONTRACT_TREE_DEPTH}, a constant of the protocol, and the mixed-in length. */
  private static final int DEPOSIT_PROOF_LENGTH = 32 + 1;

  private final TypeTable types;
  private final boolean deneb;
  private final boolean electra;

  private ForkTypes(TypeTable types, ForkName fork) {
    this.types = types;
    this.deneb = fork.isAtLeast(ForkName.DENEB);
    this.electra = fork.isAtLeast(ForkName.ELECTRA);
  }

  /** Everything that the fork's signed blocks are made of. */
  static void define(TypeTable types, ForkName fork) {
    new ForkTypes(types, fork).signedBlock();
  }

  private void signedBlock() {
    SszContainer block =
        container(
            "BeaconBlock",
            field("slot", UINT64),
            field("proposer_index", UINT64),
            field("parent_root", BYTES32),
            field("state_root", BYTES32),
            field("body", body()));
    container("SignedBeaconBlock", field("message", block), field("signature", SIGNATURE));
  }

  private SszContainer body() {
    SszContainer header = header();
    SszContainer attestationData = attestationData();
    List<Field> fields = new ArrayList<>();
    fields.add(field("randao_reveal", SIGNATURE));
    fields.add(
        field(
            "eth1_data",
            container(
                "Eth1Data",
                field("deposit_root", BYTES32),
                field("deposit_count", UINT64),
                field("block_hash", BYTES32))));
    fields.add(field("graffiti", BYTES32));
    fields.add(
        field(
            "proposer_slashings",
            list(
                container(
                    "ProposerSlashing",
                    field("signed_header_1", header),
                    field("signed_header_2", header)),
                "MAX_PROPOSER_SLASHINGS")));
    fields.add(
        field(
            "attester_slashings",
            list(
                attesterSlashing(attestationData),
                electra ? "MAX_ATTESTER_SLASHINGS_ELECTRA" : "MAX_ATTESTER_SLASHINGS")));
    fields.add(
        field(
            "attestations",
            list(
                attestation(attestationData),
                electra ? "MAX_ATTESTATIONS_ELECTRA" : "MAX_ATTESTATIONS")));
    fields.add(field("deposits", list(deposit(), "MAX_DEPOSITS")));
    fields.add(field("voluntary_exits", list(voluntaryExit(), "MAX_VOLUNTARY_EXITS")));
    fields.add(
        field(
            "sync_aggregate",
            container(
                "SyncAggregate",
                field("sync_committee_bits", new Bitvector(length("SYNC_COMMITTEE_SIZE"))),
                field("sync_committee_signature", SIGNATURE))));
    fields.add(field("execution_payload", payload()));
    fields.add(
        field(
            "bls_to_execution_changes", list(credentialsChange(), "MAX_BLS_TO_EXECUTION_CHANGES")));
    if (deneb) {
      fields.add(
          field("blob_kzg_commitments", list(KZG_COMMITMENT, "MAX_BLOB_COMMITMENTS_PER_BLOCK")));
    }
    if (electra) {
      fields.add(field("execution_requests", executionRequests()));
    }
    return container("BeaconBlockBody", fields);
  }

  private SszContainer header() {
    SszContainer header =
        container(
            "BeaconBlockHeader",
            field("slot", UINT64),
            field("proposer_index", UINT64),
            field("parent_root", BYTES32),
            field("state_root", BYTES32),
            field("body_root", BYTES32));
    return container(
        "SignedBeaconBlockHeader", field("message", header), field("signature", SIGNATURE));
  }

  private SszContainer attestationData() {
    SszContainer checkpoint =
        container("Checkpoint", field("epoch", UINT64), field("root", BYTES32));
    return container(
        "AttestationData",
        field("slot", UINT64),
        field("index", UINT64),
        field("beacon_block_root", BYTES32),
        field("source", checkpoint),
        field("target", checkpoint));
  }

  private SszContainer attestation(SszContainer data) {
    List<Field> fields = new ArrayList<>();
    fields.add(field("aggregation_bits", new Bitlist(attestersMax())));
    fields.add(field("data", data));
    fields.add(field("signature", SIGNATURE));
    if (electra) {
      fields.add(field("committee_bits", new Bitvector(length("MAX_COMMITTEES_PER_SLOT"))));
    }
    return container("Attestation", fields);
  }

  private SszContainer attesterSlashing(SszContainer data) {
    SszContainer indexed =
        container(
            "IndexedAttestation",
            field("attesting_indices", new SszSchema.List(UINT64, attestersMax())),
            field("data", data),
            field("signature", SIGNATURE));
    return container(
        "AttesterSlashing", field("attestation_1", indexed), field("attestation_2", indexed));
  }

  /** From Electra on, one attestation may be of all committees of a slot (EIP-7549). */
  private long attestersMax() {
    long perCommittee = length("MAX_VALIDATORS_PER_COMMITTEE");
    return electra ? perCommittee * length("MAX_COMMITTEES_PER_SLOT") : perCommittee;
  }

  private SszContainer deposit() {
    SszContainer data =
        container(
            "DepositData",
            field("pubkey", PUBLIC_KEY),
            field("withdrawal_credentials", BYTES32),
            field("amount", UINT64),
            field("signature", SIGNATURE));
    return container(
        "Deposit",
        field("proof", new SszSchema.Vector(BYTES32, DEPOSIT_PROOF_LENGTH)),
        field("data", data));
  }

  private SszContainer voluntaryExit() {
    SszContainer exit =
        container("VoluntaryExit", field("epoch", UINT64), field("validator_index", UINT64));
    return container("SignedVoluntaryExit", field("message", exit), field("signature", SIGNATURE));
  }

  private SszContainer credentialsChange() {
    SszContainer change =
        container(
            "BLSToExecutionChange",
            field("validator_index", UINT64),
            field("from_bls_pubkey", PUBLIC_KEY),
            field("to_execution_address", ADDRESS));
    return container(
        "SignedBLSToExecutionChange", field("message", change), field("signature", SIGNATURE));
  }

  private SszContainer payload() {
    SszContainer withdrawal =
        container(
            "Withdrawal",
            field("index", UINT64),
            field("validator_index", UINT64),
            field("address", ADDRESS),
            field("amount", UINT64));
    payloadOf(
        "ExecutionPayloadHeader",
        field("transactions_root", BYTES32),
        field("withdrawals_root", BYTES32));
    return payloadOf(
        "ExecutionPayload",
        field(
            "transactions",
            list(new ByteList(limit("MAX_BYTES_PER_TRANSACTION")), "MAX_TRANSACTIONS_PER_PAYLOAD")),
        field("withdrawals", list(withdrawal, "MAX_WITHDRAWALS_PER_PAYLOAD")));
  }

  private SszContainer payloadOf(String name, Field transactions, Field withdrawals) {
    List<Field> fields = new ArrayList<>();
    fields.add(field("parent_hash", BYTES32));
    fields.add(field("fee_recipient", ADDRESS));
    fields.add(field("state_root", BYTES32));
    fields.add(field("receipts_root", BYTES32));
    fields.add(
        field(
            "logs_bloom",
            new ByteVector(types.exactly("BYTES_PER_LOGS_BLOOM", ExecutionHeader.BLOOM_LENGTH))));
    fields.add(field("prev_randao", BYTES32));
    fields.add(field("block_number", UINT64));
    fields.add(field("gas_limit", UINT64));
    fields.add(field("gas_used", UINT64));
    fields.add(field("timestamp", UINT64));
    fields.add(field("extra_data", new ByteList(limit("MAX_EXTRA_DATA_BYTES"))));
    fields.add(field("base_fee_per_gas", UINT256));
    fields.add(field("block_hash", BYTES32));
    fields.add(transactions);
    fields.add(withdrawals);
    if (deneb) {
      fields.add(field("blob_gas_used", UINT64));
      fields.add(field("excess_blob_gas", UINT64));
    }
    return container(name, fields);
  }

  private SszContainer executionRequests() {
    return container(
        "ExecutionRequests",
        field(
            "deposits",
            list(
                container(
                    "DepositRequest",
                    field("pubkey", PUBLIC_KEY),
                    field("withdrawal_credentials", BYTES32),
                    field("amount", UINT64),
                    field("signature", SIGNATURE),
                    field("index", UINT64)),
                "MAX_DEPOSIT_REQUESTS_PER_PAYLOAD")),
        field(
            "withdrawals",
            list(
                container(
                    "WithdrawalRequest",
                    field("source_address", ADDRESS),
                    field("validator_pubkey", PUBLIC_KEY),
                    field("amount", UINT64)),
                "MAX_WITHDRAWAL_REQUESTS_PER_PAYLOAD")),
        field(
            "consolidations",
            list(
                container(
                    "ConsolidationRequest",
                    field("source_address", ADDRESS),
                    field("source_pubkey", PUBLIC_KEY),
                    field("target_pubkey", PUBLIC_KEY)),
                "MAX_CONSOLIDATION_REQUESTS_PER_PAYLOAD")));
  }

  private SszContainer container(String name, Field... fields) {
    return types.container(name, List.of(fields));
  }

  private SszContainer container(String name, List<Field> fields) {
    return types.container(name, fields);
  }

  private SszSchema list(SszSchema element, String limitName) {
    return types.list(element, limitName);
  }

  private long limit(String name) {
    return types.limit(name);
  }

  private int length(String name) {
    return types.length(name);
  }
}
