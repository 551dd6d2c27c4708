package io.auriga.benchmarks.peers;

import java.util.List;

/** A block of {@code eth_getBlockByHash(hash, true)} as records of texts, for a mapper to fill. */
record RpcBlock(
    String hash,
    String parentHash,
    String sha3Uncles,
    String miner,
    String stateRoot,
    String transactionsRoot,
    String receiptsRoot,
    String logsBloom,
    String difficulty,
    String number,
    String gasLimit,
    String gasUsed,
    String timestamp,
    String extraData,
    String mixHash,
    String nonce,
    String baseFeePerGas,
    String withdrawalsRoot,
    String blobGasUsed,
    String excessBlobGas,
    String parentBeaconBlockRoot,
    String requestsHash,
    String size,
    List<Transaction> transactions,
    List<String> uncles,
    List<Withdrawal> withdrawals) {
  record Withdrawal(String index, String validatorIndex, String address, String amount) {}

  record Transaction(
      String type,
      String chainId,
      String nonce,
      String gas,
      String maxFeePerGas,
      String maxPriorityFeePerGas,
      String to,
      String value,
      List<AccessListEntry> accessList,
      String input,
      String r,
      String s,
      String yParity,
      String v,
      String hash,
      String blockHash,
      String blockNumber,
      String transactionIndex,
      String from,
      String gasPrice) {}

  record AccessListEntry(String address, List<String> storageKeys) {}
}
