// Command line of all scripts here: --name=value, or --name for a switch. The defaults give the types.
export class UsageError extends Error {}

export function parseArguments(usage, defaults) {
  const values = { ...defaults };
  const fail = (reason) => { throw new UsageError(`${reason}\nusage: ${usage}`); };
  for (const argument of process.argv.slice(2)) {
    const match = /^--([a-zA-Z]+)(?:=(.*))?$/.exec(argument);
    if (match?.[1] === "help") fail("help");
    if (!match || !(match[1] in defaults)) fail(`unknown argument ${argument}`);
    const [, name, text] = match;
    switch (typeof defaults[name]) {
      case "number":
        if (!/^\d+$/.test(text ?? "")) fail(`--${name} needs a whole number, not ${text ?? "nothing"}`);
        values[name] = Number(text);
        break;
      case "boolean":
        if (text !== undefined && text !== "true" && text !== "false") fail(`--${name} is true or false, not ${text}`);
        values[name] = text !== "false";
        break;
      default:
        if (!text) fail(`--${name} needs a value`);
        values[name] = text;
    }
  }
  return values;
}

/** Runs a script's main function; a failure ends it with a message and exit code 1 (2 for wrong usage). */
export async function run(main, cleanup = async () => {}) {
  let code = 0;
  try {
    await main();
  } catch (e) {
    code = e instanceof UsageError ? 2 : 1;
    console.error(e instanceof UsageError ? e.message : `failed: ${e.message}${process.env.DEVNET_DEBUG ? `\n${e.stack}` : ""}`);
  }
  try {
    await cleanup(code);
  } catch (e) {
    console.error(`cleaning up failed: ${e.message}`);
    code ||= 1;
  }
  process.exit(code);
}
