package io.auriga.clients.consensus;

/** The routes of the Beacon API that we use. */
final class BeaconRoutes {
  static final String BLOCKS = "/eth/v2/beacon/blocks/";
  static final String HEADERS = "/eth/v1/beacon/headers/";
  static final String FINALITY = "/eth/v1/beacon/states/head/finality_checkpoints";
  static final String SYNCING = "/eth/v1/node/syncing";
  static final String VERSION_V2 = "/eth/v2/node/version";
  static final String VERSION_V1 = "/eth/v1/node/version";
  static final String GENESIS = "/eth/v1/beacon/genesis";
  static final String SPEC = "/eth/v1/config/spec";
  static final String DEPOSIT_CONTRACT = "/eth/v1/config/deposit_contract";
  static final String STATES = "/eth/v1/beacon/states/";
  static final String BUILDER_STATES = "/eth/v1/builder/states/";
  static final String DEBUG_STATES = "/eth/v2/debug/beacon/states/";
  static final String PROPOSERS = "/eth/v1/validator/duties/proposer/";
  static final String ATTESTATION_REWARDS = "/eth/v1/beacon/rewards/attestations/";
  static final String SYNC_REWARDS = "/eth/v1/beacon/rewards/sync_committee/";
  static final String BLOCK_REWARDS = "/eth/v1/beacon/rewards/blocks/";
  static final String EVENTS = "/eth/v1/events";

  private BeaconRoutes() {}
}
