// Says what is missing before anything is started.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const here = path.dirname(fileURLToPath(import.meta.url));
export const HOST = "127.0.0.1";

/** What each install needs and leaves; npm builds one native part (snappy) of the live devnet from source. */
const INSTALLS = {
  live: {
    folder: here, programs: ["npm", "python3", "g++", "make"],
    probes: ["@chainsafe/lodestar/package.json", "@ethereumjs/client/package.json", "snappy/build/Release/binding.node"],
    commands: [["npm", "ci", "--ignore-scripts"], ["npm", "rebuild", "snappy", "--ignore-scripts=false"]],
  },
  chain: {
    folder: path.join(here, "chain"), programs: ["npm"],
    probes: ["@lodestar/state-transition/package.json", "@ethereumjs/client/package.json"],
    commands: [["npm", "ci", "--ignore-scripts"]],
  },
};
export const INSTALL_NAMES = Object.keys(INSTALLS);

function missingPrograms(which) {
  return INSTALLS[which].programs.filter((p) => spawnSync(p, ["--version"], { stdio: "ignore", timeout: 20_000 }).status !== 0);
}

export function isInstalled(which) {
  const { folder, probes } = INSTALLS[which];
  return probes.every((file) => fs.existsSync(path.join(folder, "node_modules", file)));
}

export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Error(`Node 20 or newer is needed, this is ${process.versions.node}`);
}

/** Fails with the command to run, and with the programs that it would miss, if the npm packages are not there. */
export function requireInstalled(which) {
  requireNode();
  if (isInstalled(which)) return;
  const missing = missingPrograms(which);
  throw new Error(`the npm packages of the ${which === "live" ? "live devnet" : "chain generator"} are not installed: run node install.mjs --only=${which} in the devnet folder`
    + (missing.length > 0 ? `, but first install what is missing: ${missing.join(", ")}` : ""));
}

/** Installs exactly what the lock file names. */
export function install(which, timeoutMs) {
  requireNode();
  const missing = missingPrograms(which);
  if (missing.length > 0) throw new Error(`missing on this machine: ${missing.join(", ")}`);
  for (const [program, ...args] of INSTALLS[which].commands) {
    const { status, signal, error } = spawnSync(program, args, { cwd: INSTALLS[which].folder, stdio: ["ignore", "inherit", "inherit"], timeout: timeoutMs });
    if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed: ${error?.message ?? signal ?? `exit code ${status}`}`);
  }
  if (!isInstalled(which)) throw new Error(`npm said nothing, but parts of the ${which} install are missing`);
}

/** Fails if a port is taken, before a node does so in its log. */
export async function requireFreePorts(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) {
    const free = await new Promise((resolve) => {
      const server = net.createServer().once("error", () => resolve(false)).once("listening", () => server.close(() => resolve(true)));
      server.listen(port, HOST);
    });
    if (!free) taken.push(`${port} (${name})`);
  }
  if (taken.length > 0) throw new Error(`ports are in use: ${taken.join(", ")}; choose another --base or run stop.mjs`);
}
