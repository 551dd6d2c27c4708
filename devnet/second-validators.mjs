// Makes real reorgs: for some slots a second validator client signs with the same keys, so that blocks compete.
// Ends after these slots, with the second client stopped.
import { parseArguments, run } from "./arguments.mjs";
import { DEFAULT_BASE, Devnet, folderOf, sleep } from "./processes.mjs";
import { events } from "./nodes.mjs";
import { requireInstalled } from "./prerequisites.mjs";

const USAGE = "node second-validators.mjs [--slots=10] [--base=BASE] [--dir=DIR]";
let devnet;

async function main() {
  const options = parseArguments(USAGE, { dir: "", base: DEFAULT_BASE, slots: 10 });
  requireInstalled("live");
  devnet = new Devnet(folderOf(options));
  const { beaconApi, secondsPerSlot, validators } = devnet.endpoints;
  if (!devnet.runs("validator")) throw new Error("the first validator client does not run: there is nothing to compete with");
  let reorgs = 0;
  const watching = (async () => { for await (const _ of events(beaconApi, ["chain_reorg"], 3_600_000)) reorgs++; })();
  watching.catch(() => {}); // only counted, for the last line
  devnet.start("second", "@chainsafe/lodestar/lib/index.js", [
    "validator", "--network", "dev", "--preset", "minimal", "--paramsFile", "config.yaml", "--dataDir", "second",
    "--beaconNodes", beaconApi, "--interopIndexes", `0..${validators - 1}`, "--graffiti", "second",
    "--suggestedFeeRecipient", "0xfee0000000000000000000000000000000000002",
  ]);
  console.log(`a second validator client runs as ${devnet.pid("second")} for ${options.slots} slots`);
  for (const end = Date.now() + options.slots * secondsPerSlot * 1000; Date.now() < end; await sleep(250)) {
    if (!devnet.runs("second")) throw new Error(`the second validator client has ended: ${devnet.logTail("second")}`);
  }
  await devnet.stop("second");
  await sleep(2 * secondsPerSlot * 1000); // what it signed last may still win
  console.log(`stopped it; ${reorgs} chain_reorg events`);
}

await run(main, async () => { if (devnet?.names.includes("second")) await devnet.stop("second"); });
