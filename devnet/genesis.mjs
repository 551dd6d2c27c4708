// Writes the consensus genesis state: interop validators, some with 0x00, most with 0x01
// withdrawal credentials, balances above 32 ETH so that the sweep pays from the first block,
// one validator already exited so that a full withdrawal happens too.
// Run by start.mjs with LODESTAR_PRESET=minimal and a JSON job on argv[2].
import fs from "node:fs";
import { createIChainForkConfig, defaultChainConfig } from "@lodestar/config";
import { nodeUtils } from "@lodestar/beacon-node";
import { ssz } from "@lodestar/types";

const job = JSON.parse(process.argv[2]);
const hex = (s) => Buffer.from(s.replace(/^0x/, ""), "hex");
const num = (s) => Number(BigInt(s));

const config = createIChainForkConfig({
  ...defaultChainConfig,
  ALTAIR_FORK_EPOCH: 0, BELLATRIX_FORK_EPOCH: 0, CAPELLA_FORK_EPOCH: 0,
  TERMINAL_TOTAL_DIFFICULTY: 0n,
  GENESIS_FORK_VERSION: hex("0x00000001"), ALTAIR_FORK_VERSION: hex("0x01000001"),
  BELLATRIX_FORK_VERSION: hex("0x02000001"), CAPELLA_FORK_VERSION: hex("0x03000001"),
});
const b = job.elGenesis;
const { state } = nodeUtils.initDevState(config, job.validators, { genesisTime: job.genesisTime, eth1BlockHash: hex(b.hash) });

for (let i = 0; i < job.validators; i++) {
  const v = state.validators.get(i);
  if (i >= job.blsCredentials) {
    const credentials = Buffer.alloc(32);
    credentials[0] = 1;
    credentials.write(`a11ce${i.toString(16).padStart(35, "0")}`, 12, "hex");
    v.withdrawalCredentials = credentials;
    state.balances.set(i, 32_000_000_000 + 1_000_000 * (i + 1));
  }
  if (job.exited.includes(i)) {
    v.exitEpoch = 2;
    v.withdrawableEpoch = 3;
  }
}
const header = state.latestExecutionPayloadHeader;
header.parentHash = hex(b.parentHash);
header.feeRecipient = hex(b.miner);
header.stateRoot = hex(b.stateRoot);
header.receiptsRoot = hex(b.receiptsRoot);
header.logsBloom = hex(b.logsBloom);
header.prevRandao = hex(b.mixHash);
header.blockNumber = num(b.number);
header.gasLimit = num(b.gasLimit);
header.gasUsed = num(b.gasUsed);
header.timestamp = num(b.timestamp);
header.baseFeePerGas = BigInt(b.baseFeePerGas);
header.blockHash = hex(b.hash);
header.transactionsRoot = hex(b.transactionsRoot);
if (b.withdrawalsRoot && "withdrawalsRoot" in header) header.withdrawalsRoot = hex(b.withdrawalsRoot);
state.commit();
state.genesisValidatorsRoot = ssz.phase0.Validators.hashTreeRoot(state.validators.toValue());
state.commit();
fs.writeFileSync(job.out, state.serialize());
