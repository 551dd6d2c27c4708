// Checks that a recording is what format 1 promises (../recordings/README.md) and that its chain is sound, with
// Lodestar's and EthereumJS's code as the judge. Needs the install in chain/.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { run, UsageError } from "./arguments.mjs";
import { requireInstalled } from "./prerequisites.mjs";

const USAGE = "node check-recording.mjs [--reorgs=1,2,3 (depths that must be announced; no other change of branch)] DIR...";
const TOPICS = new Set(["head", "block", "finalized_checkpoint", "chain_reorg", "~finality"]);
const sized = (folder) => fs.readdirSync(folder, { recursive: true }).map((f) => fs.statSync(path.join(folder, f))).filter((s) => s.isFile()).reduce((sum, s) => sum + s.size, 0);

async function check(folder) {
  const read = (file) => fs.readFileSync(path.join(folder, file), "utf8");
  const recording = JSON.parse(read("recording.json"));
  assert.equal(recording.format, 1, "format");
  for (const key of ["name", "description", "source"]) assert.ok(recording[key]?.length > 0, `recording.json has no ${key}`);
  for (const key of ["genesisTime", "secondsPerSlot", "firstSlot", "lastSlot"]) assert.ok(Number.isInteger(recording[key]), `recording.json: ${key}`);
  assert.equal(recording.name, path.basename(path.resolve(folder)), "name");
  const spec = JSON.parse(read("spec.json")).data;
  assert.equal(JSON.parse(read("genesis.json")).data.genesis_time, String(recording.genesisTime), "genesis time");
  assert.equal(spec.SECONDS_PER_SLOT, String(recording.secondsPerSlot), "seconds per slot");
  assert.equal(JSON.parse(read("deposit_contract.json")).data.chain_id, spec.DEPOSIT_CHAIN_ID, "chain id");
  assert.equal(spec.PRESET_BASE, process.env.LODESTAR_PRESET, "preset");
  const codec = await import("./chain/blocks.mjs");

  const blocks = readBlocks(folder, recording, codec);
  const payloads = await checkExecution(folder, blocks, codec);
  const states = checkStates(folder, blocks, codec, Number(spec.SLOTS_PER_EPOCH));
  const told = checkEvents(read("events.jsonl"), recording, blocks);
  const canonical = new Set(ancestry(blocks, told.head));
  const orphans = [...blocks.values()].filter((b) => !canonical.has(b.root));
  checkWithdrawals(blocks, recording);
  for (const finalized of told.finalized) assert.ok(canonical.has(finalized) || !blocks.has(finalized), `finalized block ${finalized} is not canonical`);
  const paidAgain = orphans.flatMap((o) => o.payload.withdrawals).filter((w) => [...canonical].some((root) => blocks.get(root).payload.withdrawals.some((c) => c.index === w.index)));
  return {
    name: recording.name, bytes: sized(folder), blocks: blocks.size, states, orphans: orphans.map((o) => o.slot), payloads,
    withdrawals: [...canonical].reduce((sum, root) => sum + blocks.get(root).payload.withdrawals.length, 0), paidAgain: paidAgain.length,
    forks: [...new Set([...blocks.values()].map((b) => b.fork))], reorgDepths: told.depths, silentSwitches: told.silentSwitches, finalizedEpoch: told.finalizedEpoch, events: told.count,
  };
}

/** Whether each state is what its line says, and none is missing where there are any. Answers how many there are. */
function checkStates(folder, blocks, codec, slotsPerEpoch) {
  if (!fs.existsSync(path.join(folder, "states.gz"))) return 0;
  const data = zlib.gunzipSync(fs.readFileSync(path.join(folder, "states.gz")));
  const seen = { pre: new Set(), post: new Set() };
  for (let at = 0; at < data.length;) {
    const end = data.indexOf("\n", at);
    const [, kind, slot, fork, root, blockRoot, length] = /^(pre|post) (\d+) ([a-z]+) (0x[0-9a-f]{64}) (0x[0-9a-f]{64}) (\d+)$/.exec(data.toString("latin1", at, end)) ?? assert.fail(`states.gz: no state at ${at}`);
    at = end + 1 + Number(length);
    const state = codec.stateFromSsz(fork, data.subarray(end + 1, at));
    const what = `${kind} state of slot ${slot}`;
    assert.equal(state.root, root, `${what}: root`);
    assert.equal(String(state.slot), slot, `${what}: slot`);
    assert.ok(!seen[kind].has(blockRoot), `${what}: it is there twice`);
    seen[kind].add(blockRoot);
    const block = blocks.get(blockRoot);
    if (block) {
      assert.equal(String(block.slot), slot, `${what}: slot of its block`);
      if (kind === "post") assert.equal(root, block.stateRoot, `${what}: root in its block`);
      else assert.equal(state.latestBlockRoot, block.parentRoot, `${what}: parent`);
    } else {
      assert.equal(`${kind} ${slot}`, "post 0", `${what}: its block ${blockRoot} is not there`);
    }
  }
  for (const block of blocks.values()) {
    assert.ok(seen.post.has(block.root) && seen.post.has(block.parentRoot), `no state around block ${block.root}`);
    const parentSlot = blocks.get(block.parentRoot)?.slot ?? 0;
    const first = Math.floor(parentSlot / slotsPerEpoch) < Math.floor(block.slot / slotsPerEpoch);
    assert.equal(seen.pre.has(block.root), first, `state before block ${block.root} of slot ${block.slot}`);
  }
  return seen.pre.size + seen.post.size;
}

function readBlocks(folder, recording, codec) {
  const blocks = new Map();
  for (const file of fs.readdirSync(path.join(folder, "blocks"))) {
    const [, slot, fork, prefix] = /^(\d+)_([a-z]+)_([0-9a-f]{8})\.ssz$/.exec(file) ?? assert.fail(`unexpected file name blocks/${file}`);
    const block = codec.fromSsz(fork, fs.readFileSync(path.join(folder, "blocks", file)));
    assert.equal(String(block.slot), slot, `blocks/${file}: slot`);
    assert.equal(block.root.slice(2, 10), prefix, `blocks/${file}: root`);
    assert.ok(block.slot >= recording.firstSlot && block.slot <= recording.lastSlot, `blocks/${file}: outside of the recording`);
    blocks.set(block.root, block);
  }
  // Of one tree: all branches come from one block before the first.
  const before = new Set();
  for (const block of blocks.values()) {
    const parent = blocks.get(block.parentRoot);
    if (!parent) before.add(block.parentRoot);
    else {
      assert.ok(parent.slot < block.slot, `block ${block.root} is not after its parent`);
      assert.equal(block.payload.parentHash, parent.payload.blockHash, `block ${block.root}: parent of its payload`);
      assert.equal(block.payload.number, parent.payload.number + 1, `block ${block.root}: number of its payload`);
    }
    assert.equal(block.payload.timestamp, recording.genesisTime + block.slot * recording.secondsPerSlot, `block ${block.root}: time of its payload`);
  }
  assert.equal(before.size, 1, `parents that are missing: ${[...before].join(" ")}`);
  return blocks;
}

async function checkExecution(folder, blocks, codec) {
  const lines = zlib.gunzipSync(fs.readFileSync(path.join(folder, "execution.jsonl.gz"))).toString().trimEnd().split("\n");
  const execution = new Map(lines.map((line) => JSON.parse(line)).map((b) => [b.hash, b]));
  assert.equal(execution.size, lines.length, "an execution block is there twice");
  for (const { fork, root, payload } of blocks.values()) {
    const block = execution.get(payload.blockHash) ?? assert.fail(`no execution block for ${root}`);
    const stated = block.withdrawals.map((w) => ({ index: Number(w.index), validatorIndex: Number(w.validatorIndex), address: w.address.toLowerCase(), amount: BigInt(w.amount) }));
    assert.deepEqual(stated, payload.withdrawals, `withdrawals of ${root}`);
    assert.equal(await codec.withdrawalsRoot(block.withdrawals), block.withdrawalsRoot, `withdrawals root of ${block.hash}`);
    assert.equal(codec.executionHash(fork, block), block.hash, `header hash of ${block.hash}`);
  }
  const claimed = new Set([...blocks.values()].map((b) => b.payload.blockHash));
  const others = [...execution.values()].filter((b) => !claimed.has(b.hash));
  assert.deepEqual(others.map((b) => b.number), ["0x0"], "execution blocks of no payload, other than genesis");
  return claimed.size;
}

/** From a block back to the first one, itself included. */
function ancestry(blocks, root) {
  const roots = [];
  for (let b = blocks.get(root); b; b = blocks.get(b.parentRoot)) roots.push(b.root);
  return roots;
}

function checkEvents(text, recording, blocks) {
  const events = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const announced = new Set(), reorgs = [], switches = [], finalized = [];
  let at = 0, head = null, finality = null;
  for (const event of events) {
    assert.ok(TOPICS.has(event.topic), `topic ${event.topic}`);
    assert.ok(Number.isInteger(event.at) && event.at >= at, `event at ${event.at} after one at ${at}`);
    at = event.at;
    const { topic, data } = event;
    if (topic !== "~finality") assert.equal(typeof data.execution_optimistic, "boolean", `${topic} at ${at}`);
    if (topic === "block" || topic === "head") {
      const block = blocks.get(data.block) ?? assert.fail(`${topic} event of block ${data.block}, which is not there`);
      assert.equal(data.slot, String(block.slot), `slot in the ${topic} event of ${data.block}`);
      assert.ok(at >= block.slot * recording.secondsPerSlot * 1000, `block ${data.block} is announced before its slot`);
    }
    if (topic === "block") {
      const { parentRoot } = blocks.get(data.block);
      assert.ok(!announced.has(data.block), `block ${data.block} is announced twice`);
      assert.ok(announced.has(parentRoot) || !blocks.has(parentRoot), `block ${data.block} is announced before its parent`);
      announced.add(data.block);
    } else if (topic === "chain_reorg") {
      reorgs.push({ at, ...data });
    } else if (topic === "head") {
      assert.ok(announced.has(data.block), `head ${data.block} was not announced`);
      assert.equal(data.state, blocks.get(data.block).stateRoot, `state root in the head event of ${data.block}`);
      if (head !== null && !ancestry(blocks, data.block).includes(head)) switches.push({ at, from: head, to: data.block });
      head = data.block;
    } else if (topic === "~finality") {
      const epoch = Number(data.finalized.epoch);
      for (const key of ["previous_justified", "current_justified", "finalized"]) assert.match(data[key].root, /^0x[0-9a-f]{64}$/, `${key} at ${at}`);
      assert.ok(epoch >= (finality?.epoch ?? 0), `finality goes back at ${at}`);
      finality = { epoch, root: data.finalized.root };
    } else {
      assert.deepEqual({ epoch: Number(data.epoch), root: data.block }, finality, `finalized_checkpoint at ${at}: what the node answers`);
      if (!finalized.includes(data.block)) finalized.push(data.block);
    }
  }
  assert.deepEqual([...blocks.keys()].filter((root) => !announced.has(root)), [], "blocks that no event announces");
  for (const reorg of reorgs) checkReorg(blocks, reorg);
  const silent = switches.filter((s) => !reorgs.some((r) => r.new_head_block === s.to && r.at === s.at));
  return {
    head, finalized, finalizedEpoch: finality?.epoch ?? assert.fail("no ~finality"), count: events.length,
    depths: reorgs.map((r) => Number(r.depth)), silentSwitches: silent.map((s) => blocks.get(s.to).slot),
  };
}

function checkReorg(blocks, reorg) {
  const [from, to] = [reorg.old_head_block, reorg.new_head_block].map((root) => blocks.get(root) ?? assert.fail(`chain_reorg names block ${root}, which is not there`));
  assert.equal(reorg.slot, String(to.slot), "slot of the reorg");
  assert.equal(reorg.old_head_state, from.stateRoot, "old state of the reorg");
  assert.equal(reorg.new_head_state, to.stateRoot, "new state of the reorg");
  const mine = new Set(ancestry(blocks, to.root));
  const ancestor = blocks.get(ancestry(blocks, from.root).find((root) => mine.has(root))) ?? assert.fail(`the reorg to ${to.root} has no common ancestor`);
  assert.ok(ancestor.root !== from.root && ancestor.root !== to.root, `the reorg to ${to.root} is none`);
  // The Beacon API does not say from which head the depth counts; Lodestar counts from the new one.
  const depths = [from.slot - ancestor.slot, to.slot - ancestor.slot].map(String);
  assert.ok(depths.includes(reorg.depth), `depth ${reorg.depth} of the reorg to ${to.root}, not one of ${depths.join(", ")}`);
}

/** On each branch every index follows the one before it. */
function checkWithdrawals(blocks, recording) {
  const next = new Map();
  for (const block of [...blocks.values()].sort((a, b) => a.slot - b.slot)) {
    const { withdrawals } = block.payload;
    let expected = next.get(block.parentRoot) ?? (recording.firstSlot <= 1 ? 0 : withdrawals[0]?.index);
    for (const w of withdrawals) assert.equal(w.index, expected++, `withdrawal index in block ${block.root} of slot ${block.slot}`);
    next.set(block.root, expected);
  }
}

await run(async () => {
  const [flags, folders] = [true, false].map((isFlag) => process.argv.slice(2).filter((a) => a.startsWith("--") === isFlag));
  const expected = /^--reorgs=(\d+(?:,\d+)*)$/.exec(flags[0] ?? "")?.[1];
  if (folders.length === 0 || flags.length > 1 || (flags.length === 1 && !expected)) throw new UsageError(`usage: ${USAGE}`);
  requireInstalled("chain");
  process.env.LODESTAR_PRESET = "minimal";
  for (const folder of folders) {
    try {
      const result = await check(folder);
      console.log(JSON.stringify(result));
      if (expected) {
        assert.equal(result.reorgDepths.join(), expected, "depths of the reorgs");
        assert.deepEqual(result.silentSwitches, [], "heads on another branch without a chain_reorg");
      }
    } catch (e) {
      throw new Error(`${folder}: ${e.message}`, { cause: e });
    }
  }
});
