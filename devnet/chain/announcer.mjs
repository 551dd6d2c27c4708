// Tells what a beacon node would have told when a block arrived: the events, and the state of finality.
import { getBlockRootAtSlot } from "@lodestar/state-transition";
import { SLOTS_PER_EPOCH as SPE } from "@lodestar/params";
import { hex, SECONDS_PER_SLOT } from "./network.mjs";
import { LATE } from "./scenario.mjs";

/** A small seeded generator (mulberry32): the same seed gives the same recording. */
function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const checkpoint = (c) => ({ epoch: String(c.epoch), root: hex(c.root) });
const finalityOf = (state) => ({
  previous_justified: checkpoint(state.previousJustifiedCheckpoint),
  current_justified: checkpoint(state.currentJustifiedCheckpoint),
  finalized: checkpoint(state.finalizedCheckpoint),
});

export class Announcer {
  #recording;
  #random;
  #byRoot = new Map();
  #head = null;
  #finality;

  constructor(recording, seed, genesisState) {
    this.#recording = recording;
    this.#random = random(seed);
    this.#finality = finalityOf(genesisState);
    recording.event(0, "~finality", this.#finality);
  }

  get finalizedEpoch() { return Number(this.#finality.finalized.epoch); }

  announce(block, becomesHead) {
    this.#byRoot.set(block.root, block);
    const delay = LATE.has(block.slot) ? 9000 : 1000 + Math.floor(this.#random() * 1900); // milliseconds into the slot
    const arrival = block.slot * SECONDS_PER_SLOT * 1000 + delay;
    this.#recording.event(arrival, "block", { slot: String(block.slot), block: block.root, execution_optimistic: false });
    if (!becomesHead) return;
    const at = arrival + 20 + Math.floor(this.#random() * 80); // importing a block takes a moment
    if (this.#head !== null && block.parentRoot !== this.#head.root) this.#announceReorg(at, block);
    const epoch = Math.floor(block.slot / SPE);
    const dependentRoot = (e) => hex(getBlockRootAtSlot(block.post, Math.max(0, e * SPE - 1)));
    this.#recording.event(at, "head", {
      slot: String(block.slot), block: block.root, state: block.stateRoot, epoch_transition: block.slot % SPE === 0,
      previous_duty_dependent_root: dependentRoot(epoch - 1), current_duty_dependent_root: dependentRoot(epoch), execution_optimistic: false,
    });
    this.#head = block;
    this.#announceFinality(at, block.post);
  }

  #announceReorg(at, block) {
    const old = this.#head, mine = new Set();
    for (let b = block; b; b = this.#byRoot.get(b.parentRoot)) mine.add(b.root);
    let ancestor = old;
    while (!mine.has(ancestor.root)) ancestor = this.#byRoot.get(ancestor.parentRoot);
    this.#recording.event(at, "chain_reorg", {
      slot: String(block.slot), depth: String(old.slot - ancestor.slot), old_head_block: old.root, new_head_block: block.root,
      old_head_state: old.stateRoot, new_head_state: block.stateRoot, epoch: String(Math.floor(block.slot / SPE)), execution_optimistic: false,
    });
  }

  #announceFinality(at, state) {
    const now = finalityOf(state);
    if (JSON.stringify(now) === JSON.stringify(this.#finality)) return;
    const before = this.finalizedEpoch;
    this.#finality = now;
    this.#recording.event(at, "~finality", now);
    if (this.finalizedEpoch < before) throw new Error(`finality goes back from epoch ${before} to ${this.finalizedEpoch}`);
    if (this.finalizedEpoch === before) return;
    const { epoch, root } = now.finalized;
    const block = this.#byRoot.get(root);
    this.#recording.event(at, "finalized_checkpoint", { block: root, state: block.stateRoot, epoch, execution_optimistic: false });
  }
}
