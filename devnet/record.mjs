// Records a running devnet: follows its events, fetches every announced block (orphaned ones too) with its
// execution block at once, and writes a recording.
import path from "node:path";
import { parseArguments, run, UsageError } from "./arguments.mjs";
import { DEFAULT_BASE, Devnet, folderOf } from "./processes.mjs";
import { events, getJson, rpc } from "./nodes.mjs";
import { requireInstalled } from "./prerequisites.mjs";
import { RecordingWriter } from "./recording-writer.mjs";

const USAGE = "node record.mjs --out=DIR [--slots=70] [--description=TEXT] [--base=BASE] [--dir=DIR]";
const IDLE_SLOTS = 16;
let recording;

const text = (value) => Array.isArray(value) ? value.map(text) : value !== null && typeof value === "object"
  ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, text(v)])) : typeof value === "number" ? String(value) : value;

/** "Lodestar/v1.5.1/branch/commit" without what the machine adds. */
const product = (version) => version.split("/").slice(0, 2).join(" ");

class Recorder {
  #beacon;
  #execution;
  #codec;
  #finality = "";
  #wanted = new Map();

  constructor(endpoints, codec) {
    [this.#beacon, this.#execution, this.#codec] = [endpoints.beaconApi, endpoints.executionRpc, codec];
  }

  /** The state of finality if it has changed: what a node answers, never sends. */
  async finality(at) {
    const { data } = await getJson(`${this.#beacon}/eth/v1/beacon/states/head/finality_checkpoints`);
    const now = text({ previous_justified: data.previous_justified, current_justified: data.current_justified, finalized: data.finalized });
    if (JSON.stringify(now) === this.#finality) return;
    this.#finality = JSON.stringify(now);
    recording.event(at, "~finality", now);
  }

  async block(root) {
    const { version, data } = await getJson(`${this.#beacon}/eth/v2/beacon/blocks/${root}`);
    const block = this.#codec.fromJson(version, data);
    if (block.root !== root) throw new Error(`the block answered for ${root} has root ${block.root}`);
    recording.block(block.slot, block.fork, block.root, block.ssz);
    if (!recording.hasExecution(block.payload.blockHash)) this.#wanted.set(block.payload.blockHash, [version, data]);
    await this.executionBlocks();
  }

  /** Asks for what the execution node did not answer yet: a payload that is not its head yet, or never was. */
  async executionBlocks() {
    for (const hash of this.#wanted.keys()) {
      const block = await rpc(this.#execution, "eth_getBlockByHash", hash, false);
      if (block === null) continue;
      recording.execution(block);
      this.#wanted.delete(hash);
    }
  }

  /** EthereumJS never answers a payload that never was its head, as other nodes do: those come from the payload itself. */
  async rebuildExecutionBlocks() {
    await this.executionBlocks();
    for (const [version, data] of this.#wanted.values()) recording.execution(await this.#codec.executionBlock(version, data));
    return this.#wanted.size;
  }
}

async function main() {
  const options = parseArguments(USAGE, { out: "", slots: 70, description: "", dir: "", base: DEFAULT_BASE });
  if (!options.out) throw new UsageError(`usage: ${USAGE}`);
  requireInstalled("chain");
  process.env.LODESTAR_PRESET = "minimal";
  const codec = await import("./chain/blocks.mjs");
  const endpoints = new Devnet(folderOf(options)).endpoints;
  const { beaconApi, executionRpc, secondsPerSlot } = endpoints;
  const [spec, genesis, depositContract, version] = await Promise.all(["config/spec", "beacon/genesis", "config/deposit_contract", "node/version"].map((p) => getJson(`${beaconApi}/eth/v1/${p}`)));
  const genesisTime = Number(genesis.data.genesis_time);
  recording = new RecordingWriter(options.out);
  recording.execution(await rpc(executionRpc, "eth_getBlockByNumber", "0x0", false));
  const recorder = new Recorder(endpoints, codec);

  let first = null, last = 0, previous = 0, reorgs = 0, started = false;
  const limit = Date.now() + (options.slots + 2 * IDLE_SLOTS) * secondsPerSlot * 1000;
  for await (const { arrived, topic, data } of events(beaconApi, ["block", "head", "chain_reorg", "finalized_checkpoint"], IDLE_SLOTS * secondsPerSlot * 1000)) {
    if (Date.now() > limit) throw new Error(`only ${last - first + 1} of ${options.slots} slots came in time`);
    const at = Math.max(previous, arrived - genesisTime * 1000);
    if (!started && topic !== "block") continue; // the first block opens the recording
    const slot = Number(data.slot ?? 0);
    if (first !== null && slot >= first + options.slots) break;
    previous = at;
    if (topic === "block") {
      if (!started) await recorder.finality(at);
      started = true;
      first ??= slot;
      last = Math.max(last, slot);
      await recorder.block(data.block);
    } else if (topic === "finalized_checkpoint") {
      await recorder.finality(at); // what is announced is also what the node answers
    }
    recording.event(at, topic, text(data));
    if (topic === "chain_reorg") reorgs++;
    if (topic === "head") {
      await recorder.finality(at);
      await recorder.executionBlocks();
      if (slot % 8 === 0) console.log(`slot ${slot}: ${recording.blockCount} blocks, ${reorgs} reorgs`);
    }
  }
  const rebuilt = await recorder.rebuildExecutionBlocks();
  recording.finish({
    name: path.basename(path.resolve(options.out)),
    description: options.description || `${last - first + 1} slots of a running devnet, ${reorgs} reorgs`,
    source: `devnet/record.mjs: ${product(version.data.version)}, ${product(await rpc(executionRpc, "web3_clientVersion"))}`,
    genesisTime, secondsPerSlot, firstSlot: first, lastSlot: last,
  }, { spec, genesis, depositContract });
  console.log(`slots ${first} to ${last}: ${recording.blockCount} blocks, ${reorgs} reorgs, ${rebuilt} execution blocks rebuilt from their payload`);
}

await run(main, async () => recording?.discard());
