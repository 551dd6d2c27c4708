// Plays proposer, attesters and sync committee: makes one signed block on a given state, with a payload
// that the execution node built and executed, and has all of it verified by Lodestar's state transition.
import * as p from "@lodestar/params";
import * as st from "@lodestar/state-transition";
import { ssz } from "@lodestar/types";
import { aggregateSignatures, Signature } from "@chainsafe/blst";
import { BitArray } from "@chainsafe/ssz";
import { bytes, GENESIS_TIME, hex, sign } from "./network.mjs";
import { addOperations, LATE, OFFLINE, ORPHANED } from "./scenario.mjs";

const SPE = p.SLOTS_PER_EPOCH;
const quantity = (n) => "0x" + BigInt(n).toString(16);
const aggregate = (signatures) => aggregateSignatures(signatures.map((s) => Signature.fromBytes(s))).toBytes();
const valid = { executionPayloadStatus: st.ExecutionPayloadStatus.valid, dataAvailabilityStatus: st.DataAvailabilityStatus.Available };
const orphaned = new Set(ORPHANED.flat());
const firstOrphaned = new Set(ORPHANED.map((group) => group[0]));

/**
 * Who of a committee is heard on this branch. Of the slots whose block is orphaned only one validator saw
 * the block in time: its vote is in the orphaned branch, those of all others are in the branch that wins.
 * So nobody votes twice, and the winner's first block with its proposer boost outweighs the other branch.
 */
function voters(members, votedSlot, slot) {
  const online = members.filter((v) => !OFFLINE.has(v));
  if (!orphaned.has(votedSlot)) return online;
  const early = firstOrphaned.has(votedSlot) ? online.slice(0, 1) : [];
  return orphaned.has(slot) ? early : online.filter((v) => !early.includes(v));
}

function attestationData(pre, slot, votedSlot, index) {
  const epoch = Math.floor(votedSlot / SPE);
  const seen = LATE.has(votedSlot) ? votedSlot - 1 : votedSlot;
  const source = epoch === Math.floor(slot / SPE) ? pre.currentJustifiedCheckpoint : pre.previousJustifiedCheckpoint;
  return {
    slot: votedSlot, index, beaconBlockRoot: st.getBlockRootAtSlot(pre, seen), source: source.toValue(),
    target: { epoch, root: st.getBlockRootAtSlot(pre, epoch * SPE) },
  };
}

/** The votes since the parent block, as seen on this branch. */
function attestations(config, pre, parentSlot, slot) {
  const electra = config.getForkSeq(slot) >= p.ForkSeq.electra;
  const out = [];
  for (let voted = parentSlot; voted < slot; voted++) {
    if (electra && config.getForkSeq(voted) < p.ForkSeq.electra) continue; // the format changed in between
    const domain = config.getDomain(pre.slot, p.DOMAIN_BEACON_ATTESTER, voted);
    const count = pre.epochCtx.getCommitteeCountPerSlot(Math.floor(voted / SPE));
    const committees = [...Array(count).keys()].map((i) => [...pre.epochCtx.getBeaconCommittee(voted, i)]);
    const add = (members, index, more) => {
      const heard = voters(members, voted, slot);
      if (heard.length === 0) return;
      const data = attestationData(pre, slot, voted, index);
      const signature = aggregate(heard.map((v) => sign(v, ssz.phase0.AttestationData, data, domain)));
      out.push({ aggregationBits: BitArray.fromBoolArray(members.map((v) => heard.includes(v))), ...more, data, signature });
    };
    if (electra) {
      const committeeBits = BitArray.fromBoolArray([...Array(p.MAX_COMMITTEES_PER_SLOT).keys()].map((i) => i < count));
      add(committees.flat(), 0, { committeeBits });
    } else {
      committees.forEach((members, index) => add(members, index, {}));
    }
  }
  return out;
}

function syncAggregate(config, pre, slot) {
  const root = st.getBlockRootAtSlot(pre, slot - 1);
  const members = [...pre.epochCtx.currentSyncCommitteeIndexed.validatorIndices];
  const domain = config.getDomain(pre.slot, p.DOMAIN_SYNC_COMMITTEE, slot - 1);
  return {
    syncCommitteeBits: BitArray.fromBoolArray(members.map((v) => !OFFLINE.has(v))),
    syncCommitteeSignature: aggregate(members.filter((v) => !OFFLINE.has(v)).map((v) => sign(v, ssz.Root, root, domain))),
  };
}

function payloadFromEngine(fork, e) {
  const payload = {
    parentHash: bytes(e.parentHash), feeRecipient: bytes(e.feeRecipient), stateRoot: bytes(e.stateRoot), receiptsRoot: bytes(e.receiptsRoot),
    logsBloom: bytes(e.logsBloom), prevRandao: bytes(e.prevRandao), blockNumber: Number(e.blockNumber), gasLimit: Number(e.gasLimit),
    gasUsed: Number(e.gasUsed), timestamp: Number(e.timestamp), extraData: bytes(e.extraData), baseFeePerGas: BigInt(e.baseFeePerGas),
    blockHash: bytes(e.blockHash), transactions: e.transactions.map(bytes),
    withdrawals: e.withdrawals.map((w) => ({ index: Number(w.index), validatorIndex: Number(w.validatorIndex), address: bytes(w.address), amount: BigInt(w.amount) })),
  };
  if (fork >= p.ForkSeq.deneb) {
    payload.blobGasUsed = BigInt(e.blobGasUsed ?? 0);
    payload.excessBlobGas = BigInt(e.excessBlobGas ?? 0);
  }
  return payload;
}

/** EIP-7685: each request list is its type byte and its SSZ. */
function executionRequests(requests, lists) {
  for (const request of requests.map(bytes)) {
    const ssz7685 = request.subarray(1);
    if (ssz7685.length === 0) continue;
    if (request[0] === 0) lists.deposits = ssz.electra.DepositRequests.deserialize(ssz7685);
    else if (request[0] === 1) lists.withdrawals = ssz.electra.WithdrawalRequests.deserialize(ssz7685);
    else if (request[0] === 2) lists.consolidations = ssz.electra.ConsolidationRequests.deserialize(ssz7685);
    else throw new Error(`an execution request of unknown type ${request[0]}`);
  }
  return lists;
}

/** Makes the block of a slot on a parent's state, or answers null where the proposer is slashed. */
export async function produceBlock({ config, parentState, parentSlot, slot, execution }) {
  const fork = config.getForkSeq(slot), types = config.getForkTypes(slot), epoch = Math.floor(slot / SPE);
  const pre = st.processSlots(parentState, slot);
  const proposerIndex = pre.epochCtx.getBeaconProposer(slot);
  if (pre.validators.get(proposerIndex).slashed) return null;

  const { expectedWithdrawals } = st.getExpectedWithdrawals(fork, pre);
  const parentRoot = st.getBlockRootAtSlot(pre, slot - 1);
  const engineVersion = fork >= p.ForkSeq.electra ? 4 : fork >= p.ForkSeq.deneb ? 3 : 2;
  const built = await execution.build(engineVersion, hex(pre.latestExecutionPayloadHeader.blockHash), {
    timestamp: quantity(st.computeTimeAtSlot(config, slot, GENESIS_TIME)),
    prevRandao: hex(st.getRandaoMix(pre, epoch)),
    suggestedFeeRecipient: "0xfee0000000000000000000000000000000000001",
    withdrawals: expectedWithdrawals.map((w) => ({ index: quantity(w.index), validatorIndex: quantity(w.validatorIndex), address: hex(w.address), amount: quantity(w.amount) })),
    ...(engineVersion > 2 ? { parentBeaconBlockRoot: hex(parentRoot) } : {}),
  });

  const body = types.BeaconBlockBody.defaultValue();
  body.randaoReveal = sign(proposerIndex, ssz.Epoch, epoch, config.getDomain(slot, p.DOMAIN_RANDAO));
  body.eth1Data = pre.eth1Data.toValue();
  body.graffiti = Buffer.concat([Buffer.from(`auriga-chain ${slot}`), Buffer.alloc(32)]).subarray(0, 32);
  body.attestations = attestations(config, pre, parentSlot, slot);
  body.syncAggregate = syncAggregate(config, pre, slot);
  body.executionPayload = payloadFromEngine(fork, built.executionPayload);
  if (engineVersion >= 4) executionRequests(built.executionRequests ?? [], body.executionRequests);
  addOperations(config, slot, body);

  const block = { slot, proposerIndex, parentRoot, stateRoot: Buffer.alloc(32), body };
  const dry = st.stateTransition(parentState, { message: block, signature: Buffer.alloc(96) }, { ...valid, verifyStateRoot: false, verifyProposer: false, verifySignatures: false });
  block.stateRoot = dry.hashTreeRoot();
  const signed = { message: block, signature: sign(proposerIndex, types.BeaconBlock, block, config.getDomain(slot, p.DOMAIN_BEACON_PROPOSER)) };
  const post = st.stateTransition(parentState, signed, { ...valid, verifyStateRoot: true, verifyProposer: true, verifySignatures: true });
  await execution.execute(engineVersion, built, hex(parentRoot));
  return {
    slot, fork: config.getForkName(slot), root: hex(types.BeaconBlock.hashTreeRoot(block)), parentRoot: hex(parentRoot),
    stateRoot: hex(block.stateRoot), ssz: types.SignedBeaconBlock.serialize(signed), pre, post,
    payloadHash: built.executionPayload.blockHash, withdrawals: expectedWithdrawals.length,
  };
}
