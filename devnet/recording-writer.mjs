// Writes a recording (format 1, described in ../recordings/README.md): what a beacon node and an
// execution node knew about one stretch of a chain, and at which moment they said it.
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";

export class RecordingWriter {
  #target;
  #folder; // what is unfinished never carries the recording's name
  #blocks = new Set();
  #execution = new Map();
  #states = [];
  #events = [];
  #lastAt = 0;

  constructor(folder) {
    this.#target = path.resolve(folder);
    this.#folder = this.#target + ".partial";
    // Never delete a folder that is not plainly a recording: the name comes from a person.
    if (fs.existsSync(this.#target) && !fs.existsSync(path.join(this.#target, "recording.json"))) {
      throw new Error(`${this.#target} exists and holds no recording: choose another --out`);
    }
    fs.rmSync(this.#folder, { recursive: true, force: true });
    fs.mkdirSync(path.join(this.#folder, "blocks"), { recursive: true });
  }

  get blockCount() { return this.#blocks.size; }
  get executionCount() { return this.#execution.size; }

  hasBlock(root) { return this.#blocks.has(root); }
  hasExecution(hash) { return this.#execution.has(hash); }

  /** A signed beacon block as SSZ; orphaned ones too. */
  block(slot, fork, root, ssz) {
    if (this.#blocks.has(root)) return;
    this.#blocks.add(root);
    fs.writeFileSync(path.join(this.#folder, "blocks", `${slot}_${fork}_${root.slice(2, 10)}.ssz`), ssz);
  }

  /** The result of eth_getBlockByHash(hash, false). */
  execution(block) {
    this.#execution.set(block.hash, JSON.stringify(block));
  }

  /**
   * A beacon state as SSZ. kind: "post", what the block left, or "pre", the state that the block met, after the slots up
   * to its own were processed. One stream for all, because each is nearly the one before it.
   */
  state(kind, slot, fork, stateRoot, blockRoot, ssz) {
    this.#states.push(Buffer.from(`${kind} ${slot} ${fork} ${stateRoot} ${blockRoot} ${ssz.length}\n`), ssz);
  }

  /** at: whole milliseconds since the chain's genesis. A topic that starts with ~ is node state that is not sent. */
  event(at, topic, data) {
    if (!Number.isInteger(at) || at < this.#lastAt) throw new Error(`event ${topic} at ${at} after one at ${this.#lastAt}`);
    this.#lastAt = at;
    this.#events.push(JSON.stringify({ at, topic, data }));
  }

  /** Writes the rest and puts the recording in its place, over an older one. */
  finish({ name, description, source, genesisTime, secondsPerSlot, firstSlot, lastSlot }, { spec, genesis, depositContract }) {
    this.#json("spec.json", spec);
    this.#json("genesis.json", genesis);
    this.#json("deposit_contract.json", depositContract);
    const lines = [...this.#execution.values()].join("\n") + "\n";
    fs.writeFileSync(path.join(this.#folder, "execution.jsonl.gz"), zlib.gzipSync(lines, { level: 9 }));
    if (this.#states.length > 0) fs.writeFileSync(path.join(this.#folder, "states.gz"), zlib.gzipSync(Buffer.concat(this.#states), { level: 9 }));
    fs.writeFileSync(path.join(this.#folder, "events.jsonl"), this.#events.join("\n") + "\n");
    this.#json("recording.json", { format: 1, name, description, source, genesisTime, secondsPerSlot, firstSlot, lastSlot });
    fs.rmSync(this.#target, { recursive: true, force: true });
    fs.renameSync(this.#folder, this.#target);
  }

  /** Leaves nothing behind if it did not come to the end. */
  discard() {
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  #json(file, value) {
    fs.writeFileSync(path.join(this.#folder, file), JSON.stringify(value, null, 1) + "\n");
  }
}
