// Installs the npm packages of the live devnet and of the chain generator, unless they are there already.
import { parseArguments, run, UsageError } from "./arguments.mjs";
import { install, INSTALL_NAMES, isInstalled } from "./prerequisites.mjs";

const USAGE = "node install.mjs [--only=live|chain] [--timeout=600 (seconds)]";

await run(async () => {
  const options = parseArguments(USAGE, { only: "", timeout: 600 });
  if (options.only && !INSTALL_NAMES.includes(options.only)) throw new UsageError(`usage: ${USAGE}`);
  for (const which of options.only ? [options.only] : INSTALL_NAMES) {
    if (isInstalled(which)) console.log(`${which}: installed`);
    else {
      console.log(`${which}: installing`);
      install(which, options.timeout * 1000);
    }
  }
});
