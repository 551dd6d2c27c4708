// What happens on the generated chain, by slot. Capella from slot 0, Deneb from 16, Electra from 32, Fulu from 64.
import * as p from "@lodestar/params";
import { ssz } from "@lodestar/types";
import { createFeeMarket1559Tx } from "@ethereumjs/tx";
import { createCustomCommon, Mainnet } from "@ethereumjs/common";
import { CONSOLIDATION_REQUESTS, WITHDRAWAL_REQUESTS } from "./execution-node.mjs";
import { ACCOUNTS, bytes, CHAIN_ID, hex, pubkey, sign } from "./network.mjs";

/** Nobody proposes. */
export const MISSED = new Set([21, 22, 61]);

/** These two never attest. */
export const OFFLINE = new Set([29, 30]);

/** Slot of a block: the older slot whose block it builds on. Every other block builds on the one before it. */
export const BUILDS_ON = new Map([
  [29, 27], // Deneb: 28 is orphaned
  [39, 36], // Electra: 37 and 38 are orphaned
  [97, 93], // Fulu: 94 to 96 are orphaned, 96 is the first of an epoch
  [115, 113], // Fulu: comes late (see below) and becomes canonical only with 116, which orphans 114
]);

/** Arrives near the end of its slot, after the attesters voted, and is not the head then. */
export const LATE = new Set([115]);

/** The slots whose blocks end up on no branch that matters, each group oldest first. */
export const ORPHANED = [[28], [37, 38], [94, 95, 96], [114]];

const electra = 32;
const gwei = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };

/** Requests on the execution layer, sent by the owner of the withdrawal credentials. */
const TRANSACTIONS = new Map([
  [electra + 3, [
    { from: 0, to: WITHDRAWAL_REQUESTS, data: () => Buffer.concat([pubkey(7), gwei(0)]) }, // EIP-7002: full exit of 7
    { from: 1, to: CONSOLIDATION_REQUESTS, data: () => Buffer.concat([pubkey(10), pubkey(10)]) }, // EIP-7251: 10 becomes compounding
  ]],
  [electra + 12, [{ from: 0, to: CONSOLIDATION_REQUESTS, data: () => Buffer.concat([pubkey(8), pubkey(9)]) }]], // 8 into 9
  [electra + 19, [{ from: 0, to: WITHDRAWAL_REQUESTS, data: () => Buffer.concat([pubkey(6), gwei(1_500_000_000)]) }]], // EIP-7002: partial
]);

const common = createCustomCommon({ chainId: CHAIN_ID }, Mainnet, { hardfork: "cancun" });
const nonces = ACCOUNTS.map(() => 0);

export async function sendTransactions(slot, execution) {
  for (const { from, to, data } of TRANSACTIONS.get(slot) ?? []) {
    const transaction = createFeeMarket1559Tx({
      chainId: BigInt(CHAIN_ID), nonce: nonces[from]++, to: "0x" + to, data: hex(data()), value: 10n, gasLimit: 250000n,
      maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n,
    }, { common }).sign(bytes(ACCOUNTS[from].key));
    await execution.eth("eth_sendRawTransaction", hex(transaction.serialize()));
  }
}

function credentialChange(config, validator) {
  const message = { validatorIndex: validator, fromBlsPubkey: pubkey(validator), toExecutionAddress: bytes(`b15c${validator.toString(16).padStart(36, "0")}`) };
  const domain = config.getDomainAtFork("phase0", p.DOMAIN_BLS_TO_EXECUTION_CHANGE);
  return { message, signature: sign(validator, ssz.capella.BLSToExecutionChange, message, domain) };
}

function exit(config, slot, validator) {
  const message = { epoch: Math.floor(slot / p.SLOTS_PER_EPOCH) - 1, validatorIndex: validator };
  const domain = config.getDomainForVoluntaryExit(slot, message.epoch * p.SLOTS_PER_EPOCH);
  return { message, signature: sign(validator, ssz.phase0.VoluntaryExit, message, domain) };
}

function doubleVote(config, slot, validator) {
  const epoch = Math.floor(slot / p.SLOTS_PER_EPOCH) - 1, voted = epoch * p.SLOTS_PER_EPOCH;
  const domain = config.getDomain(slot, p.DOMAIN_BEACON_ATTESTER, voted);
  const vote = (fill) => {
    const data = {
      slot: BigInt(voted), index: 0n, beaconBlockRoot: Buffer.alloc(32, fill),
      source: { epoch: 0n, root: Buffer.alloc(32) }, target: { epoch: BigInt(epoch), root: Buffer.alloc(32, fill) },
    };
    return { attestingIndices: [validator], data, signature: sign(validator, ssz.phase0.AttestationDataBigint, data, domain) };
  };
  return { attestation1: vote(1), attestation2: vote(2) };
}

function doubleProposal(config, slot, validator) {
  const domain = config.getDomain(slot, p.DOMAIN_BEACON_PROPOSER, slot - 2);
  const header = (fill) => {
    const message = { slot: BigInt(slot - 2), proposerIndex: validator, parentRoot: Buffer.alloc(32), stateRoot: Buffer.alloc(32), bodyRoot: Buffer.alloc(32, fill) };
    return { message, signature: sign(validator, ssz.phase0.BeaconBlockHeaderBigint, message, domain) };
  };
  return { signedHeader1: header(1), signedHeader2: header(2) };
}

/** Puts the operations of this slot into a block body. */
export function addOperations(config, slot, body) {
  switch (slot) {
    case 11: body.blsToExecutionChanges = [credentialChange(config, 0)]; break;
    case 13: body.voluntaryExits = [exit(config, slot, 20)]; break;
    case 14: body.attesterSlashings = [doubleVote(config, slot, 24)]; break;
    case 43: body.blsToExecutionChanges = [credentialChange(config, 1)]; break;
    case 45: body.voluntaryExits = [exit(config, slot, 21)]; break;
    case 50: body.attesterSlashings = [doubleVote(config, slot, 25)]; break;
    case 52: body.proposerSlashings = [doubleProposal(config, slot, 26)]; break;
    default:
  }
}
