// Command line of all scripts here: --name=value, or --name for a switch. The defaults give the types.
export class UsageError extends Error {}

export function parseArguments(usage, defaults) {
  const values = { ...defaults };
  const fail = (reason) => { throw new UsageError(`${reason}\nusage: ${usage}`); };
  for (const argument of process.argv.slice(2)) {
    const match = /^--([a-zA-Z]+)(?:=(.*))?$/.exec(argument);
    if (match?.[1] === "help") throw new UsageError(`usage: ${usage}`);
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

class Interrupted extends Error {}

/**
 * Runs a script's main function, then cleanup with the exit code to be: 0, 1 with a message on failure, 2 for wrong usage,
 * 130 if interrupted. main may still be running when cleanup is called after an interruption.
 */
export async function run(main, cleanup = async () => {}) {
  let code = 0;
  const interruption = new Promise((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => reject(new Interrupted(`${signal} received`)));
  });
  try {
    await Promise.race([main(), interruption]);
  } catch (e) {
    code = e instanceof UsageError ? 2 : e instanceof Interrupted ? 130 : 1;
    console.error(code === 1 ? `failed: ${e.message}${process.env.DEVNET_DEBUG ? `\n${e.stack}` : ""}` : e.message);
  }
  try {
    await cleanup(code);
  } catch (e) {
    console.error(`cleaning up failed: ${e.message}`);
    code ||= 1;
  }
  process.exit(code);
}
