package io.auriga.benchmarks.peers;

import io.auriga.benchmarks.contender.Contender;
import io.auriga.benchmarks.contender.Inputs;
import io.auriga.benchmarks.contender.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jackson 3 as most would use it: records of everything in the block, or a tree. */
public final class JacksonContender {
  private static final String TASK = "withdrawals-of-json";
  private static final int HEX = 16;

  private JacksonContender() {}

  /** Serves with the files in the folder named first, in the form named second. */
  public static void main(String[] arguments) throws Exception {
    byte[] json = Inputs.read(Path.of(arguments[0])).json();
    JsonMapper mapper = JsonMapper.builder().build();
    Task<?> task =
        switch (arguments[1]) {
          case "databind" ->
              new Task<>(
                  TASK,
                  () -> mapper.readValue(json, RpcBlock.class).withdrawals(),
                  JacksonContender::summary);
          case "tree" -> new Task<>(TASK, () -> tree(mapper, json), JacksonContender::summary);
          default -> throw new IllegalArgumentException("databind or tree: " + arguments[1]);
        };
    new Contender(List.of(task)).serve();
  }

  private static List<RpcBlock.Withdrawal> tree(JsonMapper mapper, byte[] json) {
    List<RpcBlock.Withdrawal> withdrawals = new ArrayList<>();
    for (JsonNode each : mapper.readTree(json).get("withdrawals")) {
      withdrawals.add(
          new RpcBlock.Withdrawal(
              each.get("index").asString(),
              each.get("validatorIndex").asString(),
              each.get("address").asString(),
              each.get("amount").asString()));
    }
    return withdrawals;
  }

  private static String summary(List<RpcBlock.Withdrawal> withdrawals) {
    long sum = withdrawals.stream().mapToLong(each -> number(each.amount())).sum();
    long first = number(withdrawals.getFirst().index());
    return withdrawals.size() + " from " + first + ", " + sum + " Gwei";
  }

  private static long number(String quantity) {
    return Long.parseLong(quantity.substring(2), HEX);
  }
}
