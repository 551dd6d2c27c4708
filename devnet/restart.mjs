// Starts again, with the same arguments and data, one process that stop.mjs --only=NAME stopped or that was killed.
import { parseArguments, run, UsageError } from "./arguments.mjs";
import { DEFAULT_BASE, Devnet, folderOf, sleep } from "./processes.mjs";
import { getJson, rpc } from "./nodes.mjs";

const USAGE = "node restart.mjs --only=el|beacon|validator [--base=BASE] [--dir=DIR]";

await run(async () => {
  const options = parseArguments(USAGE, { dir: "", base: DEFAULT_BASE, only: "" });
  if (!options.only) throw new UsageError(`usage: ${USAGE}`);
  const devnet = new Devnet(folderOf(options));
  const { executionRpc, beaconApi } = devnet.endpoints;
  devnet.restart(options.only);
  if (options.only === "el") await devnet.waitFor("answer of the execution node", "el", () => rpc(executionRpc, "eth_chainId"), 60_000);
  else if (options.only === "beacon") await devnet.waitFor("answer of the beacon node", "beacon", () => getJson(`${beaconApi}/eth/v1/node/version`), 60_000);
  else {
    await sleep(2000); // a validator client answers nothing: it has to outlive its start
    if (!devnet.runs(options.only)) throw new Error(`${options.only} has ended: ${devnet.logTail(options.only)}`);
  }
  console.log(`${options.only} runs as ${devnet.pid(options.only)}`);
});
