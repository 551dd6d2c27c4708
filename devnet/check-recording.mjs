// Checks that a recording is what format 1 promises (../recordings/README.md) and that its chain is sound, with
// Lodestar's and EthereumJS's code as the judge. Needs the install in chain/.
// usage: node check-recording.mjs DIR...
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { run, UsageError } from "./arguments.mjs";
import { requireInstalled } from "./prerequisites.mjs";

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
  const told = checkEvents(read("events.jsonl"), recording, blocks);
  const canonical = new Set(ancestry(blocks, told.head));
  const orphans = [...blocks.values()].filter((b) => !canonical.has(b.root));
  checkWithdrawals(blocks, recording);
  for (const finalized of told.finalized) assert.ok(canonical.has(finalized), `finalized block ${finalized} is not canonical`);
  const paidAgain = orphans.flatMap((o) => o.payload.withdrawals).filter((w) => [...canonical].some((root) => blocks.get(root).payload.withdrawals.some((c) => c.index === w.index)));
  return {
    name: recording.name, bytes: sized(folder), blocks: blocks.size, orphans: orphans.map((o) => o.slot), payloads,
    withdrawals: [...canonical].reduce((sum, root) => sum + blocks.get(root).payload.withdrawals.length, 0), paidAgain: paidAgain.length,
    forks: [...new Set([...blocks.values()].map((b) => b.fork))], reorgDepths: told.depths, finalizedEpoch: told.finalizedEpoch, events: told.count,
  };
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
  const announced = new Set(), depths = [], finalized = [];
  let at = 0, head = null, reorg = null, finality = null, toAnnounce = null;
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
      assert.equal(reorg, null, `two chain_reorg events and no head between at ${at}`);
      reorg = data;
    } else if (topic === "head") {
      assert.ok(announced.has(data.block), `head ${data.block} was not announced`);
      assert.equal(data.state, blocks.get(data.block).stateRoot, `state root in the head event of ${data.block}`);
      const abandoned = head !== null && !ancestry(blocks, data.block).includes(head);
      assert.equal(reorg !== null, abandoned, `chain_reorg and a head on another branch go together, at ${at}`);
      if (reorg) depths.push(checkReorg(blocks, reorg, head, data.block));
      [head, reorg] = [data.block, null];
    } else if (topic === "~finality") {
      const epoch = Number(data.finalized.epoch);
      for (const key of ["previous_justified", "current_justified", "finalized"]) assert.match(data[key].root, /^0x[0-9a-f]{64}$/, `${key} at ${at}`);
      if (finality) {
        assert.ok(epoch >= finality.epoch, `finality goes back at ${at}`);
        if (epoch > finality.epoch) toAnnounce = { epoch, root: data.finalized.root };
      }
      finality = { epoch, root: data.finalized.root };
    } else {
      assert.deepEqual({ epoch: Number(data.epoch), root: data.block }, toAnnounce, `finalized_checkpoint at ${at}`);
      assert.equal(data.state, blocks.get(data.block).stateRoot, `state root of the checkpoint at ${at}`);
      finalized.push(data.block);
      toAnnounce = null;
    }
  }
  assert.deepEqual([...blocks.keys()].filter((root) => !announced.has(root)), [], "blocks that no event announces");
  assert.equal(toAnnounce, null, "a finalized checkpoint is never announced");
  return { head, depths, finalized, finalizedEpoch: finality?.epoch ?? assert.fail("no ~finality"), count: events.length };
}

function checkReorg(blocks, reorg, oldHead, newHead) {
  assert.equal(reorg.old_head_block, oldHead, "old head of the reorg");
  assert.equal(reorg.new_head_block, newHead, "new head of the reorg");
  assert.equal(reorg.slot, String(blocks.get(newHead).slot), "slot of the reorg");
  assert.equal(reorg.old_head_state, blocks.get(oldHead).stateRoot, "old state of the reorg");
  assert.equal(reorg.new_head_state, blocks.get(newHead).stateRoot, "new state of the reorg");
  const mine = new Set(ancestry(blocks, newHead));
  const ancestor = ancestry(blocks, oldHead).find((root) => mine.has(root)) ?? assert.fail(`the reorg to ${newHead} has no common ancestor`);
  const depth = blocks.get(oldHead).slot - blocks.get(ancestor).slot;
  assert.equal(reorg.depth, String(depth), `depth of the reorg to ${newHead}`);
  return depth;
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
  const folders = process.argv.slice(2);
  if (folders.length === 0 || folders.some((f) => f.startsWith("--"))) throw new UsageError("usage: node check-recording.mjs DIR...");
  requireInstalled("chain");
  process.env.LODESTAR_PRESET = "minimal";
  for (const folder of folders) {
    try {
      console.log(JSON.stringify(await check(folder)));
    } catch (e) {
      throw new Error(`${folder}: ${e.message}`, { cause: e });
    }
  }
});
