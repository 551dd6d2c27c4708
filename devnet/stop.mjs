// Stops what start.mjs started, or one process of it.
import { parseArguments, run, UsageError } from "./arguments.mjs";
import { DEFAULT_BASE, Devnet, folderOf } from "./processes.mjs";

const USAGE = "node stop.mjs [--only=el|beacon|validator|second] [--signal=SIGINT|SIGTERM|SIGKILL] [--base=BASE] [--dir=DIR]";

await run(async () => {
  const options = parseArguments(USAGE, { dir: "", base: DEFAULT_BASE, only: "", signal: "" });
  const devnet = new Devnet(folderOf(options));
  if (options.signal && !/^SIG(INT|TERM|KILL)$/.test(options.signal)) throw new UsageError(`--signal=${options.signal} is not one of SIGINT, SIGTERM, SIGKILL`);
  if (options.only && !devnet.stoppable.includes(options.only)) throw new Error(`nothing called ${options.only} was started in ${devnet.folder}`);
  const failures = [];
  for (const name of options.only ? [options.only] : devnet.names.reverse()) {
    try {
      console.log(await devnet.stop(name, options.signal || undefined) ? `stopped ${name}` : `${name} did not run`);
    } catch (e) {
      failures.push(e.message);
    }
  }
  if (failures.length > 0) throw new Error(failures.join("; "));
});
