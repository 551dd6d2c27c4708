// What a user of npm would pick: Lodestar's types on @chainsafe/ssz for beacon blocks, EthereumJS
// for what is of the execution layer.
//
//   node npm-contender.mjs FOLDER values|views
//
// `values` makes a plain object of everything in the block, `views` uses @chainsafe/ssz's own lazy
// views: a tree of nodes from which fields are read when they are asked for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setHasher } from "@chainsafe/persistent-merkle-tree";
import { serve } from "./contender.mjs";

const [folder, form] = process.argv.slice(2);

// The fastest of the three hashers, native code, must be set before SSZ is loaded.
const { hasher } = await import("@chainsafe/persistent-merkle-tree/hasher/hashtree");
if (hasher.initialize) {
  await hasher.initialize();
}
setHasher(hasher);

const { ssz } = await import("@lodestar/types");
const { Common, Hardfork, Mainnet } = await import("@ethereumjs/common");
const { createBlockFromExecutionPayload, createBlockHeaderFromRLP, genWithdrawalsTrieRoot } =
  await import("@ethereumjs/block");
const { bytesToHex, createWithdrawal } = await import("@ethereumjs/util");
const { SHUFFLE_ROUNDS_MAINNET, unshuffleList } = await import("@chainsafe/swap-or-not-shuffle");
const { createHash } = await import("node:crypto");

const common = new Common({ chain: Mainnet, hardfork: Hardfork.Prague });
const blockBytes = new Uint8Array(readFileSync(join(folder, "block.ssz")));
const headerRlp = new Uint8Array(readFileSync(join(folder, "header.rlp")));
const json = readFileSync(join(folder, "block.json"));
const { SignedBeaconBlock, BeaconBlock, ExecutionRequests } = ssz.electra;

const decode =
  form === "views"
    ? () => SignedBeaconBlock.deserializeToView(blockBytes)
    : () => SignedBeaconBlock.deserialize(blockBytes);

// Both forms give plain objects of withdrawals: what a user goes on with.
const withdrawalsOf =
  form === "views"
    ? (block) => block.message.body.executionPayload.withdrawals.toValue()
    : (block) => block.message.body.executionPayload.withdrawals;

const blockRoot =
  form === "views"
    ? (block) => block.message.hashTreeRoot()
    : (block) => BeaconBlock.hashTreeRoot(block.message);

function summary(withdrawals) {
  const sum = withdrawals.reduce((total, { amount }) => total + BigInt(amount), 0n);
  return `${withdrawals.length} from ${BigInt(withdrawals[0].index)}, ${sum} Gwei`;
}

const typed = (withdrawals) =>
  withdrawals.map(({ index, validatorIndex, address, amount }) =>
    createWithdrawal({ index, validatorIndex, address, amount: BigInt(amount) }),
  );

const hexQuantity = (value) => `0x${BigInt(value).toString(16)}`;

// EIP-7685: the hash over the hashes of each kind's type byte and SSZ, empty kinds left out.
function requestsHash(requests) {
  const all = createHash("sha256");
  ["deposits", "withdrawals", "consolidations"].forEach((kind, type) => {
    if (requests[kind].length > 0) {
      const bytes = ExecutionRequests.fields[kind].serialize(requests[kind]);
      all.update(createHash("sha256").update(Uint8Array.of(type)).update(bytes).digest());
    }
  });
  return bytesToHex(new Uint8Array(all.digest()));
}

// EthereumJS computes both Merkle-Patricia roots and refuses if the header's hash is not the claim.
async function proven() {
  const block = decode();
  const message = form === "views" ? block.message.toValue() : block.message;
  const payload = message.body.executionPayload;
  blockRoot(block);
  const proved = await createBlockFromExecutionPayload(
    {
      parentHash: bytesToHex(payload.parentHash),
      feeRecipient: bytesToHex(payload.feeRecipient),
      stateRoot: bytesToHex(payload.stateRoot),
      receiptsRoot: bytesToHex(payload.receiptsRoot),
      logsBloom: bytesToHex(payload.logsBloom),
      prevRandao: bytesToHex(payload.prevRandao),
      blockNumber: hexQuantity(payload.blockNumber),
      gasLimit: hexQuantity(payload.gasLimit),
      gasUsed: hexQuantity(payload.gasUsed),
      timestamp: hexQuantity(payload.timestamp),
      extraData: bytesToHex(payload.extraData),
      baseFeePerGas: hexQuantity(payload.baseFeePerGas),
      blockHash: bytesToHex(payload.blockHash),
      transactions: payload.transactions.map((transaction) => bytesToHex(transaction)),
      withdrawals: payload.withdrawals.map((withdrawal) => ({
        index: hexQuantity(withdrawal.index),
        validatorIndex: hexQuantity(withdrawal.validatorIndex),
        address: bytesToHex(withdrawal.address),
        amount: hexQuantity(withdrawal.amount),
      })),
      blobGasUsed: hexQuantity(payload.blobGasUsed),
      excessBlobGas: hexQuantity(payload.excessBlobGas),
      parentBeaconBlockRoot: bytesToHex(message.parentRoot),
      requestsHash: requestsHash(message.body.executionRequests),
    },
    { common },
  );
  return proved;
}

const prepared = typed(withdrawalsOf(decode()));

const tasks = {
  "withdrawals-of-ssz": { work: () => withdrawalsOf(decode()), answer: summary },
  "verified-withdrawals-of-ssz": {
    work: () => genWithdrawalsTrieRoot(typed(withdrawalsOf(decode()))),
    answer: bytesToHex,
  },
  "proven-block-of-ssz": { work: proven, answer: (block) => bytesToHex(block.hash()) },
  "block-root-of-ssz": {
    work: () => blockRoot(decode()),
    answer: (root) => bytesToHex(root),
  },
};
// Committees of a million validators by Lodestar's own native shuffle; those of the slot stand one
// behind the other, as its state transition puts them before it asks the bits who voted.
const MILLION = 1_000_000;
const SLOTS = 32;
const seed = new Uint8Array(readFileSync(join(folder, "seed.bin")));
const attestationBytes = new Uint8Array(readFileSync(join(folder, "attestation.ssz")));
const active = Uint32Array.from({ length: MILLION }, (_, index) => index);
const shuffled = unshuffleList(active, seed, SHUFFLE_ROUNDS_MAINNET);
const { Attestation } = ssz.electra;

function committeesOf(slot, committees) {
  const perSlot = 64;
  return committees.map((index) => {
    const number = slot * perSlot + index;
    const start = Math.floor((MILLION * number) / (perSlot * SLOTS));
    return shuffled.subarray(start, Math.floor((MILLION * (number + 1)) / (perSlot * SLOTS)));
  });
}

function attesters() {
  const attestation =
    form === "views"
      ? Attestation.deserializeToView(attestationBytes)
      : Attestation.deserialize(attestationBytes);
  const bits = (field) => (form === "views" ? field.toValue() : field);
  const slot = attestation.data.slot % SLOTS;
  const committees = committeesOf(slot, bits(attestation.committeeBits).getTrueBitIndexes());
  const members = new Uint32Array(committees.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const committee of committees) {
    members.set(committee, at);
    at += committee.length;
  }
  return bits(attestation.aggregationBits).intersectValues(members);
}

function digest(indices) {
  let value = 0;
  for (const index of indices) {
    value = (Math.imul(31, value) + index) | 0;
  }
  return `${indices.length} from ${indices[0]}, ${value}`;
}

tasks["attesters-of-ssz"] = { work: attesters, answer: digest };
if (form === "values") {
  tasks["shuffle-million"] = {
    work: () =>
      unshuffleList(
        active.slice(),
        seed,
        SHUFFLE_ROUNDS_MAINNET,
      ),
    answer: digest,
  };
}
if (form === "values") {
  // Nothing of these is SSZ; once is enough.
  tasks["withdrawals-root"] = { work: () => genWithdrawalsTrieRoot(prepared), answer: bytesToHex };
  tasks["header-hash"] = {
    work: () => createBlockHeaderFromRLP(headerRlp, { common }).hash(),
    answer: bytesToHex,
  };
  tasks["withdrawals-of-json"] = {
    work: () => JSON.parse(json.toString("latin1")).withdrawals.map((each) => createWithdrawal(each)),
    answer: summary,
  };
}
await serve(tasks);
