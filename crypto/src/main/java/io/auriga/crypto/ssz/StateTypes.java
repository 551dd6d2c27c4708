package io.auriga.crypto.ssz;

import static io.auriga.crypto.ssz.SszContainer.field;

import io.auriga.crypto.ssz.SszContainer.Field;
import io.auriga.crypto.ssz.SszSchema.Bitvector;
import io.auriga.crypto.ssz.SszSchema.Bool;
import io.auriga.crypto.ssz.SszSchema.ByteVector;
import io.auriga.crypto.ssz.SszSchema.Uint;
import io.auriga.crypto.ssz.SszSchema.Vector;
import io.auriga.types.ForkName;
import java.util.ArrayList;
import java.util.List;

/**
 * The beacon state of one fork (consensus-specs, beacon-chain.md of phase0, altair, bellatrix,
 * capella, electra and fulu). Deneb changes the payload header in it, and nothing else.
 */
final class StateTypes {
  private static final SszSchema UINT64 = new Uint(8);
  private static final SszSchema BYTES4 = new ByteVector(4);
  private static final SszSchema BYTES32 = new ByteVector(32);
  private static final SszSchema PUBLIC_KEY = new ByteVector(48);
  private static final SszSchema SIGNATURE = new ByteVector(96);
  private static final SszSchema PARTICIPATION_FLAGS = new Uint(1);

  /** {@code JUSTIFICATION_BITS_LENGTH}, a constant of the protocol. */
  private static final int JUSTIFICATION_BITS = 4;

  private final TypeTable types;
  private final ForkName fork;

  private StateTypes(TypeTable types, ForkName fork) {
    this.types = types;
    this.fork = fork;
  }

  /** Everything that the fork's state is made of, beside what its blocks are made of. */
  static void define(TypeTable types, ForkName fork) {
    new StateTypes(types, fork).state();
  }

  private void state() {
    List<Field> fields = new ArrayList<>();
    history(fields);
    registry(fields);
    finality(fields);
    syncCommittees(fields);
    fields.add(field("latest_execution_payload_header", types.defined("ExecutionPayloadHeader")));
    withdrawals(fields);
    if (fork.isAtLeast(ForkName.ELECTRA)) {
      pending(fields);
    }
    if (fork.isAtLeast(ForkName.FULU)) {
      lookahead(fields);
    }
    types.container("BeaconState", fields);
  }

  private void history(List<Field> fields) {
    SszSchema roots = new Vector(BYTES32, types.length("SLOTS_PER_HISTORICAL_ROOT"));
    SszContainer version =
        container(
            "Fork",
            field("previous_version", BYTES4),
            field("current_version", BYTES4),
            field("epoch", UINT64));
    fields.add(field("genesis_time", UINT64));
    fields.add(field("genesis_validators_root", BYTES32));
    fields.add(field("slot", UINT64));
    fields.add(field("fork", version));
    fields.add(field("latest_block_header", types.defined("BeaconBlockHeader")));
    fields.add(field("block_roots", roots));
    fields.add(field("state_roots", roots));
    fields.add(field("historical_roots", types.list(BYTES32, "HISTORICAL_ROOTS_LIMIT")));
    SszContainer eth1Data = types.defined("Eth1Data");
    int votes = types.length("EPOCHS_PER_ETH1_VOTING_PERIOD", "SLOTS_PER_EPOCH");
    fields.add(field("eth1_data", eth1Data));
    fields.add(field("eth1_data_votes", new SszSchema.List(eth1Data, votes)));
    fields.add(field("eth1_deposit_index", UINT64));
  }

  private void registry(List<Field> fields) {
    SszContainer validator =
        container(
            "Validator",
            field("pubkey", PUBLIC_KEY),
            field("withdrawal_credentials", BYTES32),
            field("effective_balance", UINT64),
            field("slashed", new Bool()),
            field("activation_eligibility_epoch", UINT64),
            field("activation_epoch", UINT64),
            field("exit_epoch", UINT64),
            field("withdrawable_epoch", UINT64));
    fields.add(field("validators", perValidator(validator)));
    fields.add(field("balances", perValidator(UINT64)));
    fields.add(
        field("randao_mixes", new Vector(BYTES32, types.length("EPOCHS_PER_HISTORICAL_VECTOR"))));
    fields.add(field("slashings", new Vector(UINT64, types.length("EPOCHS_PER_SLASHINGS_VECTOR"))));
    fields.add(field("previous_epoch_participation", perValidator(PARTICIPATION_FLAGS)));
    fields.add(field("current_epoch_participation", perValidator(PARTICIPATION_FLAGS)));
  }

  private void finality(List<Field> fields) {
    SszContainer checkpoint = types.defined("Checkpoint");
    fields.add(field("justification_bits", new Bitvector(JUSTIFICATION_BITS)));
    fields.add(field("previous_justified_checkpoint", checkpoint));
    fields.add(field("current_justified_checkpoint", checkpoint));
    fields.add(field("finalized_checkpoint", checkpoint));
    fields.add(field("inactivity_scores", perValidator(UINT64)));
  }

  private void syncCommittees(List<Field> fields) {
    SszContainer committee =
        container(
            "SyncCommittee",
            field("pubkeys", new Vector(PUBLIC_KEY, types.length("SYNC_COMMITTEE_SIZE"))),
            field("aggregate_pubkey", PUBLIC_KEY));
    fields.add(field("current_sync_committee", committee));
    fields.add(field("next_sync_committee", committee));
  }

  private void withdrawals(List<Field> fields) {
    SszContainer summary =
        container(
            "HistoricalSummary",
            field("block_summary_root", BYTES32),
            field("state_summary_root", BYTES32));
    fields.add(field("next_withdrawal_index", UINT64));
    fields.add(field("next_withdrawal_validator_index", UINT64));
    fields.add(field("historical_summaries", types.list(summary, "HISTORICAL_ROOTS_LIMIT")));
  }

  private void pending(List<Field> fields) {
    SszContainer deposit =
        container(
            "PendingDeposit",
            field("pubkey", PUBLIC_KEY),
            field("withdrawal_credentials", BYTES32),
            field("amount", UINT64),
            field("signature", SIGNATURE),
            field("slot", UINT64));
    SszContainer partial =
        container(
            "PendingPartialWithdrawal",
            field("validator_index", UINT64),
            field("amount", UINT64),
            field("withdrawable_epoch", UINT64));
    SszContainer consolidation =
        container(
            "PendingConsolidation", field("source_index", UINT64), field("target_index", UINT64));
    fields.add(field("deposit_requests_start_index", UINT64));
    fields.add(field("deposit_balance_to_consume", UINT64));
    fields.add(field("exit_balance_to_consume", UINT64));
    fields.add(field("earliest_exit_epoch", UINT64));
    fields.add(field("consolidation_balance_to_consume", UINT64));
    fields.add(field("earliest_consolidation_epoch", UINT64));
    fields.add(field("pending_deposits", types.list(deposit, "PENDING_DEPOSITS_LIMIT")));
    fields.add(
        field(
            "pending_partial_withdrawals",
            types.list(partial, "PENDING_PARTIAL_WITHDRAWALS_LIMIT")));
    fields.add(
        field("pending_consolidations", types.list(consolidation, "PENDING_CONSOLIDATIONS_LIMIT")));
  }

  /** The proposers of the epochs that are decided: this one and {@code MIN_SEED_LOOKAHEAD} more. */
  private void lookahead(List<Field> fields) {
    int epochs = 1 + types.length("MIN_SEED_LOOKAHEAD");
    int slots = Math.multiplyExact(epochs, types.length("SLOTS_PER_EPOCH"));
    fields.add(field("proposer_lookahead", new Vector(UINT64, slots)));
  }

  private SszSchema perValidator(SszSchema element) {
    return types.list(element, "VALIDATOR_REGISTRY_LIMIT");
  }

  private SszContainer container(String name, Field... fields) {
    return types.container(name, List.of(fields));
  }
}
