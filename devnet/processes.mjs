// The processes of one devnet: started detached, named, and found again by pid and start time, so that a script
// never touches a process that is not its own.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { here } from "./prerequisites.mjs";

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const DEFAULT_BASE = 21000;

/** The folder of a devnet: run/ for the usual ports, run/BASE for others, unless --dir says so. */
export function folderOf({ dir, base }) {
  if (dir) return path.resolve(dir);
  return base === DEFAULT_BASE ? path.join(here, "run") : path.join(here, "run", String(base));
}

export function portsOf(base) {
  return {
    elRpc: base, elWs: base + 1, elEngine: base + 2, elWsEngine: base + 3, elP2p: base + 4,
    beacon: base + 10, beaconMetrics: base + 11, beaconP2p: base + 12,
    validatorMetrics: base + 20, keymanager: base + 21,
  };
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (e) {
    if (e.code === "ENOENT") return null;
    throw new Error(`${file} cannot be read: ${e.message}`);
  }
}

/** Whole or not at all: a script that is killed leaves no half of a file. */
export function writeJson(file, value) {
  fs.writeFileSync(file + ".new", JSON.stringify(value, null, 2) + "\n");
  fs.renameSync(file + ".new", file);
}

/** Start time in clock ticks since boot, null if there is no such process: with the pid it names one process for good. */
function startTicks(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : fields[19];
  } catch {
    return null;
  }
}

export class Devnet {
  #closing = false;

  constructor(folder) { this.folder = folder; }

  #path(file) { return path.join(this.folder, file); }
  #pids() { return readJson(this.#path("pids.json")) ?? {}; }
  #commands() { return readJson(this.#path("commands.json")) ?? {}; }

  /** In the order in which they depend on one another, whatever was restarted in between. */
  get names() {
    const known = Object.keys(this.#pids());
    return ["el", "beacon", "validator", "second"].filter((name) => known.includes(name));
  }
  get stoppable() { return Object.keys(this.#commands()); }

  /** Empties the folder of a former run, of what belongs to a devnet and of nothing else. */
  clear() {
    const running = this.names.filter((name) => this.runs(name));
    if (running.length > 0) throw new Error(`still running: ${running.join(", ")}; run stop.mjs first`);
    for (const name of ["el", "beacon", "validator", "second", "cli"]) {
      for (const file of [name, `${name}.log`]) fs.rmSync(this.#path(file), { recursive: true, force: true });
    }
    for (const file of ["pids.json", "commands.json", "endpoints.json", "genesis.ssz", "el-genesis.json", "config.yaml", "jwt.hex"]) {
      fs.rmSync(this.#path(file), { force: true });
    }
    fs.mkdirSync(this.folder, { recursive: true });
  }

  runs(name) {
    const known = this.#pids()[name];
    return known !== undefined && known.ticks !== null && startTicks(known.pid) === known.ticks;
  }

  pid(name) { return this.#pids()[name]?.pid; }

  /** script: path below node_modules. */
  start(name, script, args) {
    if (this.#closing) throw new Error(`${name} is not started, all is being stopped`);
    if (this.runs(name)) throw new Error(`${name} runs already, as ${this.pid(name)}`);
    const log = fs.openSync(this.#path(`${name}.log`), "a");
    const child = spawn(process.execPath, ["--require", path.join(here, "preload.cjs"), path.join(here, "node_modules", script), ...args], {
      cwd: this.folder, detached: true, stdio: ["ignore", log, log], env: { ...process.env, NODE_BACKEND: "js" },
    });
    child.unref();
    fs.closeSync(log);
    writeJson(this.#path("pids.json"), { ...this.#pids(), [name]: { pid: child.pid, ticks: startTicks(child.pid) } });
    writeJson(this.#path("commands.json"), { ...this.#commands(), [name]: { script, args } });
  }

  /** Starts again, with the same arguments (but for what change makes of them) and data, what was stopped. */
  restart(name, change = (args) => args) {
    const command = this.#commands()[name];
    if (!command) throw new Error(`${name} was never started in ${this.folder}; known: ${this.stoppable.join(", ") || "nothing"}`);
    this.start(name, command.script, change(command.args));
  }

  /**
   * Answers whether there was something to stop. EthereumJS keeps its newest blocks only on SIGINT; the beacon node
   * does not end in time once it had listeners, and has nothing to lose, since it cannot be restarted usefully.
   */
  async stop(name, signal = name === "el" ? "SIGINT" : "SIGTERM", graceMs = name === "beacon" ? 3000 : 15_000) {
    const known = this.#pids()[name];
    if (!known) return false;
    const ran = this.runs(name);
    if (ran) {
      signalTo(known.pid, signal);
      await this.#ended(name, graceMs);
      if (this.runs(name)) signalTo(known.pid, "SIGKILL");
      await this.#ended(name, 5000);
      if (this.runs(name)) throw new Error(`${name} (process ${known.pid}) does not end`);
    }
    const { [name]: _, ...others } = this.#pids();
    writeJson(this.#path("pids.json"), others);
    return ran;
  }

  async stopAll() {
    this.#closing = true;
    const failures = [];
    for (const name of this.names.reverse()) await this.stop(name).catch((e) => failures.push(e.message));
    if (failures.length > 0) throw new Error(failures.join("; "));
  }

  async #ended(name, ms) {
    for (const end = Date.now() + ms; this.runs(name) && Date.now() < end; ) await sleep(50);
  }

  logTail(name, lines = 12) {
    const file = this.#path(`${name}.log`);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
  }

  /** Polls until probe answers something true; fails early if the process has ended. */
  async waitFor(what, name, probe, timeoutMs) {
    let last = "";
    for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(250)) {
      if (!this.runs(name)) throw new Error(`${name} has ended while waiting for ${what}; the end of ${this.#path(`${name}.log`)}:\n${this.logTail(name)}`);
      try {
        const value = await probe();
        if (value) return value;
      } catch (e) {
        last = `: ${e.message}`;
      }
    }
    throw new Error(`no ${what} within ${timeoutMs / 1000} s${last}; the end of ${this.#path(`${name}.log`)}:\n${this.logTail(name)}`);
  }

  get endpoints() {
    return readJson(this.#path("endpoints.json")) ?? (() => { throw new Error(`no devnet in ${this.folder}: run start.mjs first`); })();
  }

  set endpoints(value) { writeJson(this.#path("endpoints.json"), value); }
}

function signalTo(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (e) {
    if (e.code !== "ESRCH") throw e; // it ended by itself in between
  }
}
