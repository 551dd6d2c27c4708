package io.auriga.testkit.simulation;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.testkit.replay.RecordedStates;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a simulated chain into a recording, for the replay nodes. */
final class ChainRecording {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ChainRecording() {}

  static Recording of(SimulatedChain chain) {
    return new Recording(
        new Recording.About(
            "simulated-" + chain.plan().seed(),
            "A simulated chain, made up from seed " + chain.plan().seed(),
            "testkit",
            new Slot(1),
            new Slot(chain.plan().slots())),
        chain.spec(),
        chain.genesis(),
        new Recording.FixedAnswers(spec(chain), genesis(chain), depositContract(chain)),
        chain.timeline(),
        chain.blocks().stream().map(ChainRecording::executionBlock).toList(),
        RecordedStates.NONE);
  }

  private static String spec(SimulatedChain chain) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode data = body.putObject("data");
    chain.spec().values().forEach(data::put);
    return body.toString();
  }

  private static String genesis(SimulatedChain chain) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("data")
        .put("genesis_time", Long.toString(chain.genesis().time().getEpochSecond()))
        .put("genesis_validators_root", chain.genesis().validatorsRoot().toHex())
        .put("genesis_fork_version", chain.genesis().forkVersion().toString());
    return body.toString();
  }

  private static String depositContract(SimulatedChain chain) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("data")
        .put("chain_id", Long.toString(chain.spec().chainId()))
        .put("address", chain.spec().depositContract().toHex());
    return body.toString();
  }

  private static Recording.ExecutionBlock executionBlock(SimulatedBlock block) {
    ExecutionHeader header = block.header();
    ObjectNode json =
        JSON.createObjectNode()
            .put("hash", block.blockHash().toHex())
            .put("parentHash", header.parentHash().toHex())
            .put("sha3Uncles", header.ommersHash().toHex())
            .put("miner", header.feeRecipient().toHex())
            .put("stateRoot", header.stateRoot().toHex())
            .put("transactionsRoot", header.transactionsRoot().toHex())
            .put("receiptsRoot", header.receiptsRoot().toHex())
            .put("logsBloom", header.logsBloom().toHex())
            .put("difficulty", "0x0")
            .put("number", UInt64.toQuantity(header.number().value()))
            .put("gasLimit", UInt64.toQuantity(header.gasLimit()))
            .put("gasUsed", UInt64.toQuantity(header.gasUsed()))
            .put("timestamp", UInt64.toQuantity(header.timestamp()))
            .put("extraData", header.extraData().toHex())
            .put("mixHash", header.prevRandao().toHex())
            .put("nonce", "0x0000000000000000")
            .put("baseFeePerGas", "0x" + header.baseFeePerGas().value().toString(16))
            .put("withdrawalsRoot", header.withdrawalsRoot().toHex());
    header
        .blobs()
        .ifPresent(
            blobs ->
                json.put("blobGasUsed", UInt64.toQuantity(blobs.blobGasUsed()))
                    .put("excessBlobGas", UInt64.toQuantity(blobs.excessBlobGas()))
                    .put("parentBeaconBlockRoot", blobs.parentBeaconBlockRoot().toHex()));
    if (header.requestsHash() != null) {
      json.put("requestsHash", header.requestsHash().toHex());
    }
    // Hashes of transactions are of no use to a follower; a node's list would have as many.
    json.putArray("transactions");
    json.putArray("uncles");
    ArrayNode withdrawals = json.putArray("withdrawals");
    for (Withdrawal withdrawal : block.withdrawals()) {
      withdrawals
          .addObject()
          .put("index", UInt64.toQuantity(withdrawal.index().value()))
          .put("validatorIndex", UInt64.toQuantity(withdrawal.validatorIndex().value()))
          .put("address", withdrawal.address().toHex())
          .put("amount", UInt64.toQuantity(withdrawal.amount().value()));
    }
    return new Recording.ExecutionBlock(block.blockHash(), header.number(), json.toString());
  }
}
