// Signed beacon blocks between JSON and SSZ, beacon states, and the roots of execution blocks, by Lodestar's and EthereumJS's
// code. LODESTAR_PRESET must be set before this module loads.
import { createBlockFromBeaconPayloadJSON, createBlockHeaderFromRPC, genWithdrawalsTrieRoot } from "@ethereumjs/block";
import { createCustomCommon, Mainnet } from "@ethereumjs/common";
import { createWithdrawal } from "@ethereumjs/util";
import { ssz } from "@lodestar/types";

const hex = (bytes) => "0x" + Buffer.from(bytes).toString("hex");
const HARDFORK = { capella: "shanghai", deneb: "cancun", electra: "prague", fulu: "prague" };

function typeOf(fork) {
  if (!(fork in HARDFORK)) throw new Error(`fork ${fork} is not known here, only ${Object.keys(HARDFORK).join(", ")}`);
  return ssz[fork].SignedBeaconBlock;
}

function summary(fork, signed, bytes) {
  const { message } = signed, payload = message.body.executionPayload;
  return {
    slot: message.slot, fork, root: hex(ssz[fork].BeaconBlock.hashTreeRoot(message)), parentRoot: hex(message.parentRoot),
    stateRoot: hex(message.stateRoot), ssz: bytes,
    payload: {
      blockHash: hex(payload.blockHash), parentHash: hex(payload.parentHash), number: payload.blockNumber, timestamp: payload.timestamp,
      withdrawals: payload.withdrawals.map((w) => ({ index: w.index, validatorIndex: w.validatorIndex, address: hex(w.address), amount: BigInt(w.amount) })),
    },
  };
}

export function fromSsz(fork, bytes) {
  return summary(fork, typeOf(fork).deserialize(bytes), bytes);
}

/** data: the `data` of GET /eth/v2/beacon/blocks/{id}. */
export function fromJson(fork, data) {
  const signed = typeOf(fork).fromJson(data);
  return summary(fork, signed, typeOf(fork).serialize(signed));
}

export function stateFromSsz(fork, bytes) {
  typeOf(fork);
  const state = ssz[fork].BeaconState.deserialize(bytes);
  return { slot: state.slot, root: hex(ssz[fork].BeaconState.hashTreeRoot(state)), latestBlockRoot: hex(ssz.phase0.BeaconBlockHeader.hashTreeRoot(state.latestBlockHeader)) };
}

export async function withdrawalsRoot(withdrawals) {
  return hex(await genWithdrawalsTrieRoot(withdrawals.map((w) => createWithdrawal(w))));
}

/** The hash of an execution block's header, from what eth_getBlockByHash says of it. */
export function executionHash(fork, block) {
  const common = createCustomCommon({ chainId: 31337 }, Mainnet, { hardfork: HARDFORK[fork] });
  return hex(createBlockHeaderFromRPC(block, { common }).hash());
}

/**
 * What eth_getBlockByHash(hash, false) would say of a payload; data as for fromJson. Its header hash is computed from
 * the payload and has to be the payload's block hash, so nothing here can be made up. Capella only: a later header
 * also needs what stands outside of the payload.
 */
export async function executionBlock(fork, data) {
  if (fork !== "capella") throw new Error(`execution blocks of ${fork} cannot be rebuilt from a payload`);
  const payload = data.message.body.execution_payload;
  const common = createCustomCommon({ chainId: 31337 }, Mainnet, { hardfork: HARDFORK[fork] });
  const block = await createBlockFromBeaconPayloadJSON(payload, { common });
  if (hex(block.hash()) !== payload.block_hash) throw new Error(`the payload's hash is ${hex(block.hash())}, it says ${payload.block_hash}`);
  const { header, withdrawals } = block.toJSON();
  return {
    number: header.number, hash: payload.block_hash, parentHash: header.parentHash, mixHash: header.mixHash, nonce: header.nonce,
    sha3Uncles: header.uncleHash, logsBloom: header.logsBloom, transactionsRoot: header.transactionsTrie, stateRoot: header.stateRoot,
    receiptsRoot: header.receiptTrie, miner: header.coinbase, difficulty: header.difficulty, totalDifficulty: "0x0", extraData: header.extraData,
    size: "0x" + block.serialize().length.toString(16), gasLimit: header.gasLimit, gasUsed: header.gasUsed, timestamp: header.timestamp,
    transactions: block.transactions.map((t) => hex(t.hash())), uncles: [], baseFeePerGas: header.baseFeePerGas,
    withdrawalsRoot: header.withdrawalsRoot, withdrawals,
  };
}
