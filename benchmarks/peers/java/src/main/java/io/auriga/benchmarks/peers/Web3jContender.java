package io.auriga.benchmarks.peers;

import io.auriga.benchmarks.contender.Contender;
import io.auriga.benchmarks.contender.Inputs;
import io.auriga.benchmarks.contender.Task;
import java.nio.file.Path;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.utils.Numeric;
import tools.jackson.databind.ObjectMapper;

/**
 * web3j: its own mapper and block type for JSON. It has no header type, so that the header is its
 * RLP lists; and neither tries nor SSZ.
 */
public final class Web3jContender {
  private static final int HEX = 16;

  private Web3jContender() {}

  /** Serves with the files in the folder named by the argument. */
  public static void main(String[] arguments) throws Exception {
    Inputs inputs = Inputs.read(Path.of(arguments[0]));
    ObjectMapper mapper = ObjectMapperFactory.getObjectMapper();
    new Contender(
            List.of(
                new Task<>(
                    "header-hash",
                    () ->
                        Hash.sha3(
                            RlpEncoder.encode(
                                RlpDecoder.decode(inputs.headerRlp()).getValues().getFirst())),
                    Numeric::toHexString),
                new Task<>(
                    "withdrawals-of-json",
                    () -> mapper.readValue(inputs.json(), EthBlock.Block.class).getWithdrawals(),
                    Web3jContender::summary)))
        .serve();
  }

  private static String summary(List<EthBlock.Withdrawal> withdrawals) {
    long sum = withdrawals.stream().mapToLong(each -> each.getAmount().longValueExact()).sum();
    long first = Long.parseLong(withdrawals.getFirst().getIndex().substring(2), HEX);
    return withdrawals.size() + " from " + first + ", " + sum + " Gwei";
  }
}
