// Starts a devnet: EthereumJS execution node, Lodestar beacon node, Lodestar validator client. Ends once a block
// with withdrawals is the head; prints the endpoints and writes them to endpoints.json.
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { parseArguments, run } from "./arguments.mjs";
import { here, HOST, requireFreePorts, requireInstalled } from "./prerequisites.mjs";
import { DEFAULT_BASE, Devnet, folderOf, portsOf } from "./processes.mjs";
import { getJson, rpc } from "./nodes.mjs";

const USAGE = `node start.mjs [--slot=3 (seconds)] [--base=${DEFAULT_BASE} (first of 22 ports)] [--dir=DIR] [--validators=32] [--bls=8] [--delay=20 (seconds to genesis)] [--shardPeriod=0] [--withdrawDelay=2] [--withoutValidators] [--jwt=FILE (secret of the execution node)] [--engine=URL --engineJwt=FILE (what the beacon node uses instead)]`;
const EXECUTION = "@ethereumjs/client/dist/esm/bin/cli.js";
const LODESTAR = "@chainsafe/lodestar/lib/index.js";
const CHAIN_ID = 31337;
const ZERO_HASH = "0x" + "00".repeat(32);
const FUNDED = ["f39fd6e51aad88f6f4ce6ab8827279cfffb92266", "70997970c51812dc3a010c7d01b50e0d17dc79c8", "3c44cdddb6a900fa2b585dd299e03d12fa4293bc"];
let devnet;
let owned = false; // whether this run may stop what is in the folder

function executionGenesis(genesisTime) {
  const fromGenesis = ["homestead", "eip150", "eip155", "eip158", "byzantium", "constantinople", "petersburg", "istanbul", "berlin", "london", "mergeNetsplit"];
  return {
    config: {
      chainId: CHAIN_ID, ...Object.fromEntries(fromGenesis.map((fork) => [`${fork}Block`, 0])),
      terminalTotalDifficulty: 0, terminalTotalDifficultyPassed: true, shanghaiTime: 0,
    },
    nonce: "0x0", timestamp: "0x" + (genesisTime - 1).toString(16), extraData: "0x", gasLimit: "0x1c9c380", difficulty: "0x0",
    mixHash: ZERO_HASH, coinbase: "0x" + "00".repeat(20), number: "0x0", gasUsed: "0x0", parentHash: ZERO_HASH, baseFeePerGas: "0x3b9aca00",
    alloc: Object.fromEntries(FUNDED.map((a) => ["0x" + a, { balance: "0x21e19e0c9bab2400000" }])),
  };
}

const consensusConfig = (o) => `PRESET_BASE: 'minimal'
CONFIG_NAME: 'auriga-devnet'
TERMINAL_TOTAL_DIFFICULTY: '0'
MIN_GENESIS_ACTIVE_VALIDATOR_COUNT: ${o.validators}
GENESIS_DELAY: 0
GENESIS_FORK_VERSION: '0x00000001'
ALTAIR_FORK_VERSION: '0x01000001'
ALTAIR_FORK_EPOCH: 0
BELLATRIX_FORK_VERSION: '0x02000001'
BELLATRIX_FORK_EPOCH: 0
CAPELLA_FORK_VERSION: '0x03000001'
CAPELLA_FORK_EPOCH: 0
SECONDS_PER_SLOT: ${o.slot}
SHARD_COMMITTEE_PERIOD: ${o.shardPeriod}
MIN_VALIDATOR_WITHDRAWABILITY_DELAY: ${o.withdrawDelay}
ETH1_FOLLOW_DISTANCE: 16
DEPOSIT_CHAIN_ID: ${CHAIN_ID}
DEPOSIT_NETWORK_ID: ${CHAIN_ID}
`;

async function main() {
  const options = parseArguments(USAGE, {
    dir: "", base: DEFAULT_BASE, slot: 3, validators: 32, bls: 8, delay: 20, shardPeriod: 0, withdrawDelay: 2, withoutValidators: false, jwt: "", engine: "", engineJwt: "",
  });
  if (options.slot < 2 || options.delay < 10 || options.validators < 8) throw new Error("too little: --slot needs at least 2, --delay 10, --validators 8");
  requireInstalled("live");
  devnet = new Devnet(folderOf(options));
  const ports = portsOf(options.base);
  devnet.clear();
  await requireFreePorts(ports);
  owned = true;
  const file = (name) => path.join(devnet.folder, name);
  const started = Date.now();
  const since = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
  const genesisTime = Math.floor(started / 1000) + options.delay;

  fs.writeFileSync(file("jwt.hex"), options.jwt ? fs.readFileSync(options.jwt) : crypto.randomBytes(32).toString("hex"), { mode: 0o600 });
  fs.writeFileSync(file("el-genesis.json"), JSON.stringify(executionGenesis(genesisTime), null, 2));
  const executionRpc = `http://${HOST}:${ports.elRpc}`;
  devnet.start("el", EXECUTION, [
    "--gethGenesis", "el-genesis.json", "--dataDir", "el", "--isSingleNode", "true", "--discDns", "false", "--discV4", "false",
    "--extIP", HOST, "--port", String(ports.elP2p), "--rpc", "--rpcAddr", HOST, "--rpcPort", String(ports.elRpc),
    "--ws", "--wsAddr", HOST, "--wsPort", String(ports.elWs),
    "--rpcEngine", "--rpcEngineAddr", HOST, "--rpcEnginePort", String(ports.elEngine),
    "--wsEnginePort", String(ports.elWsEngine), "--wsEngineAddr", HOST, "--jwtSecret", "jwt.hex", "--logLevelFile", "info",
  ]);
  const elGenesis = await devnet.waitFor("answer of the execution node", "el", () => rpc(executionRpc, "eth_getBlockByNumber", "0x0", false), 60_000);
  console.log(`execution genesis ${elGenesis.hash} (${since()})`);

  const job = { validators: options.validators, blsCredentials: options.bls, exited: [options.validators - 1], genesisTime, elGenesis, out: file("genesis.ssz") };
  execFileSync(process.execPath, [path.join(here, "genesis.mjs"), JSON.stringify(job)], {
    env: { ...process.env, NODE_BACKEND: "js", LODESTAR_PRESET: "minimal" }, stdio: ["ignore", "ignore", "inherit"], cwd: here, timeout: 60_000,
  });
  console.log(`consensus genesis state written (${since()})`);
  fs.writeFileSync(file("config.yaml"), consensusConfig(options));

  const network = ["--network", "dev", "--preset", "minimal", "--paramsFile", "config.yaml"];
  const beaconApi = `http://${HOST}:${ports.beacon}`;
  devnet.start("beacon", LODESTAR, [
    "beacon", ...network, "--dataDir", "beacon", "--genesisStateFile", "genesis.ssz", "--eth1", "false",
    "--execution.urls", options.engine || `http://${HOST}:${ports.elEngine}`, "--jwt-secret", options.engineJwt ? path.resolve(options.engineJwt) : "jwt.hex",
    "--rest", "true", "--rest.namespace", "*", "--rest.address", HOST, "--rest.port", String(ports.beacon),
    "--metrics", "true", "--metrics.address", HOST, "--metrics.port", String(ports.beaconMetrics),
    "--listenAddress", HOST, "--port", String(ports.beaconP2p), "--discv5", "false",
    "--sync.isSingleNode", "true", "--network.allowPublishToZeroPeers", "true",
  ]);
  await devnet.waitFor("answer of the beacon node", "beacon", () => getJson(`${beaconApi}/eth/v1/node/version`), 60_000);
  console.log(`beacon node answers (${since()})`);

  if (!options.withoutValidators) {
    devnet.start("validator", LODESTAR, [
      "validator", ...network, "--dataDir", "validator", "--beaconNodes", beaconApi, "--interopIndexes", `0..${options.validators - 1}`,
      "--suggestedFeeRecipient", "0xfee0000000000000000000000000000000000001",
      "--metrics", "true", "--metrics.address", HOST, "--metrics.port", String(ports.validatorMetrics),
      "--keymanager", "true", "--keymanager.authEnabled", "false", "--keymanager.port", String(ports.keymanager), "--keymanager.address", HOST,
    ]);
    const block = await devnet.waitFor("block with a withdrawal", "validator", async () => {
      const { data } = await getJson(`${beaconApi}/eth/v2/beacon/blocks/head`);
      return data.message.body.execution_payload?.withdrawals?.length > 0 && data.message;
    }, (options.delay + 16 * options.slot) * 1000 + 30_000);
    console.log(`slot ${block.slot}: ${block.body.execution_payload.withdrawals.length} withdrawals (${since()})`);
  }
  devnet.endpoints = {
    beaconApi, beaconMetrics: `http://${HOST}:${ports.beaconMetrics}/metrics`,
    validatorMetrics: `http://${HOST}:${ports.validatorMetrics}/metrics`, keymanager: `http://${HOST}:${ports.keymanager}`,
    executionRpc, executionWs: `ws://${HOST}:${ports.elWs}`, engine: `http://${HOST}:${ports.elEngine}`, jwtSecretFile: "jwt.hex",
    genesisTime, secondsPerSlot: options.slot, validators: options.validators, chainId: CHAIN_ID,
  };
  console.log(JSON.stringify(devnet.endpoints, null, 2));
}

await run(main, async (code) => { if (code !== 0 && owned) await devnet.stopAll(); });
