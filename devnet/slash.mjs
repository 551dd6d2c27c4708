// Posts a real attester slashing to the beacon node's pool: two votes of a validator for one target, both signed with its key.
// Ends when the node has taken it; the next block with room has it.
import { parseArguments, run } from "./arguments.mjs";
import { requireInstalled } from "./prerequisites.mjs";
import { DEFAULT_BASE, Devnet, folderOf } from "./processes.mjs";
import { getJson, postJson } from "./nodes.mjs";

const USAGE = "node slash.mjs [--validator=28] [--base=BASE] [--dir=DIR]";

await run(async () => {
  const options = parseArguments(USAGE, { dir: "", base: DEFAULT_BASE, validator: 28 });
  requireInstalled("live");
  const { beaconApi } = new Devnet(folderOf(options)).endpoints;
  process.env.LODESTAR_PRESET = "minimal"; // read when the modules below load
  process.env.NODE_BACKEND = "js";
  const { DOMAIN_BEACON_ATTESTER, SLOTS_PER_EPOCH } = await import("@lodestar/params");
  const { computeDomain, computeSigningRoot, interopSecretKey } = await import("@lodestar/state-transition");
  const { ssz } = await import("@lodestar/types");

  const { data: genesis } = await getJson(`${beaconApi}/eth/v1/beacon/genesis`);
  const { data: fork } = await getJson(`${beaconApi}/eth/v1/beacon/states/head/fork`);
  const { data: head } = await getJson(`${beaconApi}/eth/v1/beacon/headers/head`);
  const epoch = Math.max(0, Math.floor(Number(head.header.message.slot) / SLOTS_PER_EPOCH) - 1);
  const bytes = (text) => Buffer.from(text.slice(2), "hex");
  const domain = computeDomain(DOMAIN_BEACON_ATTESTER, bytes(fork.current_version), bytes(genesis.genesis_validators_root));
  const vote = (fill) => {
    const data = {
      slot: epoch * SLOTS_PER_EPOCH, index: 0, beaconBlockRoot: Buffer.alloc(32, fill),
      source: { epoch: 0, root: Buffer.alloc(32) }, target: { epoch, root: Buffer.alloc(32, fill) },
    };
    const root = computeSigningRoot(ssz.phase0.AttestationData, data, domain);
    return {
      attesting_indices: [String(options.validator)], data: ssz.phase0.AttestationData.toJson(data),
      signature: "0x" + Buffer.from(interopSecretKey(options.validator).sign(root).toBytes()).toString("hex"),
    };
  };
  await postJson(`${beaconApi}/eth/v1/beacon/pool/attester_slashings`, { attestation_1: vote(1), attestation_2: vote(2) });
  console.log(JSON.stringify({ validator: options.validator, epoch, slot: epoch * SLOTS_PER_EPOCH }));
});
