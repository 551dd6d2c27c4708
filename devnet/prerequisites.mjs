// Says what is missing before anything is started.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const here = path.dirname(fileURLToPath(import.meta.url));
export const HOST = "127.0.0.1";

/** What an install needs; npm builds one native part (snappy) of the live devnet from source. */
const NEEDED = {
  live: { folder: here, programs: ["npm", "python3", "g++", "make"], probe: "@chainsafe/lodestar/package.json", commands: "npm ci --ignore-scripts && npm rebuild snappy --ignore-scripts=false" },
  chain: { folder: path.join(here, "chain"), programs: ["npm"], probe: "@lodestar/state-transition/package.json", commands: "npm ci --ignore-scripts" },
};

export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Error(`Node 20 or newer is needed, this is ${process.versions.node}`);
}

/** Fails with the command to run, and with the programs that this command would miss, if the npm packages are not there. */
export function requireInstalled(which) {
  requireNode();
  const { folder, programs, probe, commands } = NEEDED[which];
  if (fs.existsSync(path.join(folder, "node_modules", probe))) return;
  const missing = programs.filter((p) => spawnSync(p, ["--version"], { stdio: "ignore", timeout: 20_000 }).status !== 0);
  throw new Error(`the npm packages are not installed: run ${commands} in ${path.relative(process.cwd(), folder) || "this folder"}`
    + (missing.length > 0 ? ` (first install what is missing: ${missing.join(", ")})` : ""));
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
