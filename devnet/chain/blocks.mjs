// Signed beacon blocks between JSON and SSZ, and the roots of execution blocks, by Lodestar's and EthereumJS's
// code. LODESTAR_PRESET must be set before this module loads.
import { createBlockHeaderFromRPC, genWithdrawalsTrieRoot } from "@ethereumjs/block";
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

export async function withdrawalsRoot(withdrawals) {
  return hex(await genWithdrawalsTrieRoot(withdrawals.map((w) => createWithdrawal(w))));
}

/** The hash of an execution block's header, from what eth_getBlockByHash says of it. */
export function executionHash(fork, block) {
  const common = createCustomCommon({ chainId: 31337 }, Mainnet, { hardfork: HARDFORK[fork] });
  return hex(createBlockHeaderFromRPC(block, { common }).hash());
}
