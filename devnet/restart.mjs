// Starts again, with the same arguments and data, one process that stop.mjs --only=NAME stopped or that was killed.
// The validator client may come back with fewer keys: --keys=28 leaves out all from 28 on.
import { parseArguments, run, UsageError } from "./arguments.mjs";
import { DEFAULT_BASE, Devnet, folderOf, sleep } from "./processes.mjs";
import { getJson, rpc } from "./nodes.mjs";

const USAGE = "node restart.mjs --only=el|beacon|validator [--keys=N (validator: the first N)] [--base=BASE] [--dir=DIR]";

/** The validator client's arguments with the first keys only. */
const withKeys = (count) => (args) => args.map((word, i) => (args[i - 1] === "--interopIndexes" ? `0..${count - 1}` : word));

await run(async () => {
  const options = parseArguments(USAGE, { dir: "", base: DEFAULT_BASE, only: "", keys: 0 });
  if (!options.only) throw new UsageError(`usage: ${USAGE}`);
  const devnet = new Devnet(folderOf(options));
  const { executionRpc, beaconApi, validators } = devnet.endpoints;
  if (options.keys > validators || (options.keys && options.only !== "validator")) throw new UsageError(`--keys is for the validator client, at most ${validators}\nusage: ${USAGE}`);
  devnet.restart(options.only, options.keys ? withKeys(options.keys) : undefined);
  if (options.only === "el") await devnet.waitFor("answer of the execution node", "el", () => rpc(executionRpc, "eth_chainId"), 60_000);
  else if (options.only === "beacon") await devnet.waitFor("answer of the beacon node", "beacon", () => getJson(`${beaconApi}/eth/v1/node/version`), 60_000);
  else {
    await sleep(2000); // a validator client answers nothing: it has to outlive its start
    if (!devnet.runs(options.only)) throw new Error(`${options.only} has ended: ${devnet.logTail(options.only)}`);
  }
  console.log(`${options.only} runs as ${devnet.pid(options.only)}`);
});
