// The chain's configuration, its validators' keys and its genesis state.
import crypto from "node:crypto";
import { chainConfigToJson, createBeaconConfig, createChainForkConfig } from "@lodestar/config";
import { minimalChainConfig } from "@lodestar/config/configs";
import * as p from "@lodestar/params";
import * as st from "@lodestar/state-transition";
import { ssz } from "@lodestar/types";
import { PubkeyIndexMap } from "@chainsafe/pubkey-index-map";
import { DEPOSIT_CONTRACT } from "./execution-node.mjs";

export const VALIDATORS = 32;
export const CHAIN_ID = 31337;
export const SECONDS_PER_SLOT = 12;
export const GENESIS_TIME = 1767225600; // 2026-01-01T00:00:00Z. Virtual: the chain does not wait for a clock.
export const FORK_EPOCH = { capella: 0, deneb: 2, electra: 4, fulu: 8 };
export const firstSlotOf = (fork) => FORK_EPOCH[fork] * p.SLOTS_PER_EPOCH;

/** Two accounts with money on the execution side; the keys are the public test keys that every tool knows. */
export const ACCOUNTS = [
  { address: "f39fd6e51aad88f6f4ce6ab8827279cfffb92266", key: "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80" },
  { address: "70997970c51812dc3a010c7d01b50e0d17dc79c8", key: "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d" },
];

export const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");
export const bytes = (text) => Buffer.from(text.replace(/^0x/, ""), "hex");

export const keys = st.interopSecretKeys(VALIDATORS);
export const pubkey = (i) => Buffer.from(keys[i].toPublicKey().toBytes());
export const sign = (i, type, value, domain) => keys[i].sign(st.computeSigningRoot(type, value, domain)).toBytes();

export const chainConfig = {
  ...minimalChainConfig,
  CONFIG_NAME: "auriga-chain",
  SECONDS_PER_SLOT, SLOT_DURATION_MS: SECONDS_PER_SLOT * 1000,
  SHARD_COMMITTEE_PERIOD: 0, MIN_VALIDATOR_WITHDRAWABILITY_DELAY: 2,
  MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA: 256_000_000_000, // so that a consolidation fits
  DEPOSIT_CHAIN_ID: CHAIN_ID, DEPOSIT_NETWORK_ID: CHAIN_ID, DEPOSIT_CONTRACT_ADDRESS: bytes(DEPOSIT_CONTRACT),
  ALTAIR_FORK_EPOCH: 0, BELLATRIX_FORK_EPOCH: 0, CAPELLA_FORK_EPOCH: FORK_EPOCH.capella,
  DENEB_FORK_EPOCH: FORK_EPOCH.deneb, ELECTRA_FORK_EPOCH: FORK_EPOCH.electra, FULU_FORK_EPOCH: FORK_EPOCH.fulu,
  TERMINAL_TOTAL_DIFFICULTY: 0n,
};

/** What the execution node must know of this network. */
export const executionGenesis = {
  chainId: CHAIN_ID,
  genesisTime: GENESIS_TIME,
  cancunTime: GENESIS_TIME + firstSlotOf("deneb") * SECONDS_PER_SLOT,
  pragueTime: GENESIS_TIME + firstSlotOf("electra") * SECONDS_PER_SLOT,
  funded: ACCOUNTS.map((a) => a.address),
};

/** 0-5 have BLS credentials, 6-9 compounding ones, 10-11 belong to an account, the rest to made-up addresses; the last has exited. */
function addValidators(state) {
  for (let i = 0; i < VALIDATORS; i++) {
    let credentials = Buffer.alloc(32);
    let balance = 32_000_000_000 + 10_000_000 * (i + 1);
    if (i < 6) {
      credentials = crypto.createHash("sha256").update(pubkey(i)).digest();
      credentials[0] = 0;
    } else if (i < 10) {
      credentials[0] = 2;
      credentials.write(ACCOUNTS[0].address, 12, "hex");
      balance = 40_000_000_000;
    } else {
      credentials[0] = 1;
      credentials.write(i < 12 ? ACCOUNTS[1].address : `a11ce${i.toString(16).padStart(35, "0")}`, 12, "hex");
    }
    const exited = i === VALIDATORS - 1;
    state.validators.push(ssz.phase0.Validator.toViewDU({
      pubkey: pubkey(i), withdrawalCredentials: credentials, effectiveBalance: 32_000_000_000, slashed: false,
      activationEligibilityEpoch: 0, activationEpoch: 0, exitEpoch: exited ? 1 : Infinity, withdrawableEpoch: exited ? 2 : Infinity,
    }));
    state.balances.push(balance);
    state.previousEpochParticipation.push(0);
    state.currentEpochParticipation.push(0);
    state.inactivityScores.push(0);
  }
}

/** The genesis state on top of the execution node's genesis block (as eth_getBlockByNumber answers it). */
export function genesis(executionBlock) {
  const e = executionBlock;
  const forkConfig = createChainForkConfig(chainConfig);
  const state = ssz.capella.BeaconState.defaultViewDU();
  state.genesisTime = GENESIS_TIME;
  state.fork = ssz.phase0.Fork.toViewDU({ previousVersion: chainConfig.CAPELLA_FORK_VERSION, currentVersion: chainConfig.CAPELLA_FORK_VERSION, epoch: 0 });
  state.latestBlockHeader = ssz.phase0.BeaconBlockHeader.toViewDU({
    slot: 0, proposerIndex: 0, parentRoot: Buffer.alloc(32), stateRoot: Buffer.alloc(32),
    bodyRoot: ssz.capella.BeaconBlockBody.hashTreeRoot(ssz.capella.BeaconBlockBody.defaultValue()),
  });
  state.eth1Data = ssz.phase0.Eth1Data.toViewDU({ depositRoot: Buffer.alloc(32), depositCount: VALIDATORS, blockHash: bytes(e.hash) });
  state.eth1DepositIndex = VALIDATORS;
  for (let i = 0; i < p.EPOCHS_PER_HISTORICAL_VECTOR; i++) state.randaoMixes.set(i, bytes(e.hash));
  addValidators(state);
  state.genesisValidatorsRoot = ssz.phase0.Validators.hashTreeRoot(state.validators.toValue());
  const active = new Uint32Array([...Array(VALIDATORS).keys()]);
  const { syncCommittee } = st.getNextSyncCommittee(forkConfig.getForkSeq(0), state, active, Uint16Array.from(active, () => 32));
  state.currentSyncCommittee = ssz.altair.SyncCommittee.toViewDU(syncCommittee);
  state.nextSyncCommittee = ssz.altair.SyncCommittee.toViewDU(syncCommittee);
  state.latestExecutionPayloadHeader = ssz.capella.ExecutionPayloadHeader.toViewDU({
    parentHash: bytes(e.parentHash), feeRecipient: bytes(e.miner), stateRoot: bytes(e.stateRoot), receiptsRoot: bytes(e.receiptsRoot),
    logsBloom: bytes(e.logsBloom), prevRandao: bytes(e.mixHash), blockNumber: 0, gasLimit: Number(e.gasLimit), gasUsed: 0,
    timestamp: Number(e.timestamp), extraData: bytes(e.extraData), baseFeePerGas: BigInt(e.baseFeePerGas), blockHash: bytes(e.hash),
    transactionsRoot: ssz.bellatrix.Transactions.hashTreeRoot([]), withdrawalsRoot: ssz.capella.Withdrawals.hashTreeRoot([]),
  });
  state.commit();
  const config = createBeaconConfig(chainConfig, state.genesisValidatorsRoot);
  return { config, state: st.createCachedBeaconState(state, { config, pubkey2index: new PubkeyIndexMap(), index2pubkey: [] }) };
}

/** The bodies of the three answers of a beacon node that describe the network. */
export function describe(config) {
  const preset = Object.fromEntries(Object.entries(p.activePreset).map(([k, v]) => [k, String(v)]));
  return {
    spec: { data: { ...preset, ...chainConfigToJson(chainConfig) } },
    genesis: { data: {
      genesis_time: String(GENESIS_TIME), genesis_validators_root: hex(config.genesisValidatorsRoot),
      genesis_fork_version: hex(chainConfig.GENESIS_FORK_VERSION),
    } },
    depositContract: { data: { chain_id: String(CHAIN_ID), address: "0x" + DEPOSIT_CONTRACT } },
  };
}
