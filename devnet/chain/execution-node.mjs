// A real EthereumJS execution node, driven over the Engine API as a consensus client does.
import crypto from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { getGenesis } from "@ethereumjs/genesis";

const here = path.dirname(fileURLToPath(import.meta.url));
const HOST = "127.0.0.1";
const CALL_TIMEOUT_MS = 20_000;
const START_TIMEOUT_MS = 60_000;
const ZERO_HASH = "0x" + "00".repeat(32);
const quantity = (n) => "0x" + BigInt(n).toString(16);

export const DEPOSIT_CONTRACT = "00000000219ab540356cbb839cbe05303d7705fa";
export const WITHDRAWAL_REQUESTS = "00000961ef480eb55e80d19ad83579a64c007002"; // EIP-7002
export const CONSOLIDATION_REQUESTS = "0000bbddc7ce488642fb579f8b00f3a590007251"; // EIP-7251
const HISTORY_STORAGE = "0000f90827f1c53a10cb7a02335b175320002935"; // EIP-2935
const BEACON_ROOTS = "000f3df6d732807ef1319fb7b8bb8522d0beac02"; // EIP-4788

/** The code of the system contracts comes from the genesis of a public test network. */
function predeploys() {
  const known = new Map(Object.entries(getGenesis(560048)).map(([a, v]) => [a.toLowerCase().replace(/^0x/, ""), v]));
  return Object.fromEntries([WITHDRAWAL_REQUESTS, CONSOLIDATION_REQUESTS, HISTORY_STORAGE, BEACON_ROOTS, DEPOSIT_CONTRACT].map((address) => {
    const found = known.get(address);
    if (!Array.isArray(found)) throw new Error(`no genesis code is known for the system contract 0x${address}`);
    return [address, { balance: "0x0", code: found[1], storage: Object.fromEntries(found[2] ?? []), nonce: "0x1" }];
  }));
}

function genesisOf({ chainId, genesisTime, cancunTime, pragueTime, funded }) {
  const fromGenesis = ["homestead", "eip150", "eip155", "eip158", "byzantium", "constantinople", "petersburg", "istanbul", "berlin", "london", "mergeNetsplit"];
  return {
    config: {
      chainId,
      ...Object.fromEntries(fromGenesis.map((fork) => [`${fork}Block`, 0])),
      terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true,
      shanghaiTime: 0, cancunTime, pragueTime,
      depositContractAddress: "0x" + DEPOSIT_CONTRACT,
      blobSchedule: {
        cancun: { target: 3, max: 6, baseFeeUpdateFraction: 3338477 },
        prague: { target: 6, max: 9, baseFeeUpdateFraction: 5007716 },
      },
    },
    nonce: "0x0", timestamp: quantity(genesisTime), extraData: "0x", gasLimit: "0x1c9c380", difficulty: "0x0",
    mixHash: ZERO_HASH, coinbase: "0x" + "00".repeat(20), number: "0x0", gasUsed: "0x0", parentHash: ZERO_HASH,
    baseFeePerGas: "0x3b9aca00",
    alloc: { ...predeploys(), ...Object.fromEntries(funded.map((a) => [a, { balance: quantity(10n ** 22n) }])) },
  };
}

export class ExecutionNode {
  #base;
  #secret = crypto.randomBytes(32);
  #folder = fs.mkdtempSync(path.join(os.tmpdir(), "auriga-chain-"));
  #process;

  constructor(base) { this.#base = base; }

  /** Starts the node and answers its genesis block. */
  async start(genesis) {
    fs.writeFileSync(path.join(this.#folder, "jwt.hex"), this.#secret.toString("hex"));
    fs.writeFileSync(path.join(this.#folder, "genesis.json"), JSON.stringify(genesisOf(genesis)));
    const log = fs.openSync(path.join(this.#folder, "el.log"), "w");
    this.#process = spawn(process.execPath, [
      "--require", path.join(here, "..", "preload.cjs"),
      path.join(here, "node_modules/@ethereumjs/client/dist/esm/bin/cli.js"),
      "--gethGenesis", "genesis.json", "--dataDir", "el", "--isSingleNode", "true", "--discDns", "false", "--discV4", "false",
      "--extIP", HOST, "--port", String(this.#base + 2),
      "--rpc", "--rpcAddr", HOST, "--rpcPort", String(this.#base),
      "--rpcEngine", "--rpcEngineAddr", HOST, "--rpcEnginePort", String(this.#base + 1), "--jwtSecret", "jwt.hex",
      "--logLevelFile", "info",
    ], { cwd: this.#folder, stdio: ["ignore", log, log] });
    fs.closeSync(log);
    process.on("exit", () => this.#process.kill("SIGKILL"));
    const end = Date.now() + START_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.eth("eth_getBlockByNumber", "0x0", false);
      } catch (e) {
        if (this.#process.exitCode !== null) throw new Error(`the execution node ended with ${this.#process.exitCode}: ${this.logTail()}`);
        if (Date.now() > end) throw new Error(`the execution node does not answer on port ${this.#base}: ${e.message}`);
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }
  }

  eth(method, ...params) { return this.#call(this.#base, method, params, {}); }

  /**
   * Builds a payload on a parent, which need not be the newest block: a fork choice update first makes
   * the parent the head again.
   */
  async build(version, parentHash, attributes) {
    const forkchoiceVersion = version === 2 ? 2 : 3;
    const { payloadStatus, payloadId } = await this.#engine(`engine_forkchoiceUpdatedV${forkchoiceVersion}`, forkchoice(parentHash), attributes);
    if (payloadStatus.status !== "VALID" || !payloadId) {
      throw new Error(`no payload is built on ${parentHash}: ${JSON.stringify(payloadStatus)}, payload id ${payloadId}`);
    }
    return this.#engine(`engine_getPayloadV${version}`, payloadId);
  }

  /** Executes a payload and makes it the head. */
  async execute(version, built, parentBeaconBlockRoot) {
    const payload = built.executionPayload;
    const more = version >= 4 ? [[], parentBeaconBlockRoot, built.executionRequests ?? []] : version === 3 ? [[], parentBeaconBlockRoot] : [];
    const verdict = await this.#engine(`engine_newPayloadV${version}`, payload, ...more);
    if (verdict.status !== "VALID") throw new Error(`the execution node calls payload ${payload.blockHash} ${JSON.stringify(verdict)}`);
    const { payloadStatus } = await this.#engine(`engine_forkchoiceUpdatedV${version === 2 ? 2 : 3}`, forkchoice(payload.blockHash), null);
    if (payloadStatus.status !== "VALID") throw new Error(`payload ${payload.blockHash} does not become the head: ${JSON.stringify(payloadStatus)}`);
  }

  logTail() {
    return fs.readFileSync(path.join(this.#folder, "el.log"), "utf8").split("\n").slice(-15).join("\n");
  }

  stop() {
    this.#process?.kill("SIGKILL");
    fs.rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #engine(method, ...params) {
    const encode = (text) => Buffer.from(text).toString("base64url");
    const token = `${encode('{"alg":"HS256","typ":"JWT"}')}.${encode(JSON.stringify({ iat: Math.floor(Date.now() / 1000) }))}`;
    const signature = crypto.createHmac("sha256", this.#secret).update(token).digest("base64url");
    return this.#call(this.#base + 1, method, params, { authorization: `Bearer ${token}.${signature}` });
  }

  async #call(port, method, params, headers) {
    const response = await fetch(`http://${HOST}:${port}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const answer = await response.json();
    if (answer.error) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  }
}

const forkchoice = (head) => ({ headBlockHash: head, safeBlockHash: head, finalizedBlockHash: ZERO_HASH });
