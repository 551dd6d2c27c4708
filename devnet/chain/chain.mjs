// Produces a real proof-of-stake chain in virtual time, with missed slots and reorgs, as fast as the machine
// goes, and writes it as a recording. Consensus side: Lodestar's state transition; execution side: EthereumJS.
import path from "node:path";
import { parseArguments, run } from "../arguments.mjs";
import { here, requireFreePorts, requireInstalled } from "../prerequisites.mjs";
import { RecordingWriter } from "../recording-writer.mjs";

const USAGE = "node chain.mjs [--out=DIR] [--slots=136] [--base=24000 (first of 3 ports)] [--seed=1]";
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;
let execution, recording;

async function main() {
  const options = parseArguments(USAGE, { out: path.join(here, "run", "chain"), slots: 136, base: 24000, seed: 1 });
  requireInstalled("chain");
  process.env.LODESTAR_PRESET = "minimal"; // read when the modules below load
  const { SLOTS_PER_EPOCH: SPE } = await import("@lodestar/params");
  const { BUILDS_ON, LATE, MISSED, ORPHANED, sendTransactions } = await import("./scenario.mjs");
  const { describe, executionGenesis, genesis, GENESIS_TIME, hex, SECONDS_PER_SLOT } = await import("./network.mjs");
  const { ExecutionNode } = await import("./execution-node.mjs");
  const { Announcer } = await import("./announcer.mjs");
  const { produceBlock } = await import("./block-producer.mjs");

  await requireFreePorts({ "execution RPC": options.base, "Engine API": options.base + 1, "execution p2p": options.base + 2 });
  recording = new RecordingWriter(options.out);
  const started = Date.now();
  execution = new ExecutionNode(options.base);
  const executionBlock = await execution.start(executionGenesis);
  recording.execution(executionBlock);
  const { config, state } = genesis(executionBlock);
  const announcer = new Announcer(recording, options.seed, state);

  const bySlot = new Map([[0, { slot: 0, post: state }]]);
  let newest = 0, withdrawals = 0;
  for (let slot = 1; slot <= options.slots; slot++) {
    if (MISSED.has(slot)) continue;
    const parentSlot = BUILDS_ON.get(slot) ?? newest;
    const parent = bySlot.get(parentSlot);
    if (!parent) throw new Error(`the scenario builds slot ${slot} on slot ${parentSlot}, which has no block`);
    await sendTransactions(slot, execution);
    const block = await produceBlock({ config, parentState: parent.post, parentSlot, slot, execution });
    if (block === null) {
      if (ORPHANED.flat().includes(slot)) throw new Error(`slot ${slot} is to be orphaned, but its proposer is slashed: change the scenario`);
      console.log(`slot ${slot}: the proposer is slashed, no block`);
      continue;
    }
    bySlot.set(slot, block);
    newest = slot;
    recording.block(slot, block.fork, block.root, block.ssz);
    if (parentSlot === 0) recording.state("post", 0, config.getForkName(0), hex(state.hashTreeRoot()), block.parentRoot, state.serialize());
    // Within an epoch the slots between a parent and its block change nothing that withdrawals depend on.
    if (Math.floor(parentSlot / SPE) < Math.floor(slot / SPE)) recording.state("pre", slot, block.fork, hex(block.pre.hashTreeRoot()), block.root, block.pre.serialize());
    recording.state("post", slot, block.fork, block.stateRoot, block.root, block.post.serialize());
    recording.execution(await execution.eth("eth_getBlockByHash", block.payloadHash, false));
    announcer.announce(block, !LATE.has(slot));
    withdrawals += block.withdrawals;
    for (const old of bySlot.keys()) if (old < slot - 8) bySlot.delete(old); // states are large
    if (BUILDS_ON.has(slot)) console.log(`slot ${slot} ${block.fork} builds on slot ${parentSlot}`);
    if (slot % SPE === 0) console.log(`slot ${slot} ${block.fork} epoch ${slot / SPE} finalized ${announcer.finalizedEpoch} (${seconds(started)})`);
  }
  recording.finish({
    name: path.basename(path.resolve(options.out)),
    description: "Capella to Fulu on the minimal preset in virtual time: missed slots, reorgs of depth 1, 2 and 3, credential changes, exits, slashings, execution-layer requests",
    source: "devnet/chain: Lodestar state transition 1.39.1, EthereumJS 0.10.5",
    genesisTime: GENESIS_TIME, secondsPerSlot: SECONDS_PER_SLOT, firstSlot: 1, lastSlot: options.slots,
  }, describe(config));
  console.log(`${recording.blockCount} blocks, ${withdrawals} withdrawals with the orphaned ones, ${seconds(started)}`);
}

await run(main, async (code) => {
  if (code === 1 && execution) console.error(execution.logTail());
  execution?.stop();
  recording?.discard();
});
