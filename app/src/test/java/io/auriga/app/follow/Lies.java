package io.auriga.app.follow;

import io.auriga.app.follow.LyingProxy.Answer;
import io.auriga.app.follow.LyingProxy.Lie;
import io.auriga.crypto.ssz.SszView;
import io.auriga.testkit.simulation.SimulatedBlock;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Lies about one block. */
final class Lies {
  static final String BLOCKS = "/eth/v2/beacon/blocks/";
  static final String HEADERS = "/eth/v1/beacon/headers/";
  static final String FINALITY = "/eth/v1/beacon/states/head/finality_checkpoints";
  static final String SPEC = "/eth/v1/config/spec";
  static final String GENESIS = "/eth/v1/beacon/genesis";

  private static final int WITHDRAWAL_BYTES = 44;

  private Lies() {}

  /** Changes answers to requests for blocks, whichever. */
  static Lie ofBlocks(UnaryOperator<Answer> change) {
    return at(BLOCKS, change);
  }

  static Lie at(String pathBeginning, UnaryOperator<Answer> change) {
    return (path, truth) ->
        path.startsWith(pathBeginning) && truth.status() == 200 ? change.apply(truth) : truth;
  }

  /** Changes the answers of a JSON-RPC server that hold a block. */
  static Lie ofExecutionBlocks(UnaryOperator<Answer> change) {
    return (path, truth) -> truth.text().contains("withdrawalsRoot") ? change.apply(truth) : truth;
  }

  /** Bytes that a withdrawal's field begins with: index, validator, address, amount. */
  static UnaryOperator<Answer> withdrawalByte(SimulatedBlock block, int entry, int fieldOffset) {
    return flipped(withdrawals(block).offset() + entry * WITHDRAWAL_BYTES + fieldOffset);
  }

  static UnaryOperator<Answer> withdrawalsSwapped(SimulatedBlock block) {
    int first = withdrawals(block).offset();
    return answer -> {
      byte[] body = answer.body().clone();
      byte[] kept = Arrays.copyOfRange(body, first, first + WITHDRAWAL_BYTES);
      System.arraycopy(body, first + WITHDRAWAL_BYTES, body, first, WITHDRAWAL_BYTES);
      System.arraycopy(kept, 0, body, first + WITHDRAWAL_BYTES, WITHDRAWAL_BYTES);
      return answer.withBody(body);
    };
  }

  static UnaryOperator<Answer> payloadField(SimulatedBlock block, String field) {
    return flipped(block.view().body().field("execution_payload").field(field).offset());
  }

  static UnaryOperator<Answer> flipped(int offset) {
    return answer -> {
      byte[] body = answer.body().clone();
      body[offset] ^= 1;
      return answer.withBody(body);
    };
  }

  static UnaryOperator<Answer> truncated() {
    return answer -> answer.withBody(Arrays.copyOf(answer.body(), answer.body().length / 2));
  }

  static UnaryOperator<Answer> oversized() {
    return answer -> answer.withBody(Arrays.copyOf(answer.body(), 3 << 20));
  }

  static UnaryOperator<Answer> nestedDeeply() {
    return answer ->
        answer
            .as("application/json")
            .withText("{\"data\":" + "[".repeat(5_000) + "]".repeat(5_000));
  }

  static UnaryOperator<Answer> errorPage() {
    return answer ->
        answer.as("text/html").withText("<html><body>502 Bad Gateway: nginx</body></html>");
  }

  static UnaryOperator<Answer> notJson() {
    return answer -> answer.as("application/json").withText("upstream connect error");
  }

  private static SszView withdrawals(SimulatedBlock block) {
    return block.view().body().field("execution_payload").field("withdrawals");
  }
}
