package io.auriga.sync.relay.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random documents in the shape of requests and answers, with all that JSON allows. */
final class RandomJson {
  private static final List<String> NAMES =
      List.of(
          "method",
          "id",
          "jsonrpc",
          "params",
          "result",
          "error",
          "code",
          "status",
          "payloadStatus",
          "executionPayload",
          "payloadId",
          "latestValidHash",
          "validationError",
          "parentHash",
          "blockHash",
          "blockNumber",
          "timestamp",
          "withdrawals",
          "index",
          "validatorIndex",
          "address",
          "amount",
          "headBlockHash",
          "safeBlockHash",
          "finalizedBlockHash",
          "x",
          "",
          "méthode",
          "transactions");
  private static final List<String> METHODS =
      List.of(
          "engine_newPayloadV4", "engine_forkchoiceUpdatedV3", "eth_call", "engine_getPayloadV5");
  private static final List<String> STATUSES =
      List.of("VALID", "INVALID", "SYNCING", "ACCEPTED", "INVALID_BLOCK_HASH", "valid");
  private static final String[] SPACES = {"", "", "", " ", "\n", "\t \r\n"};

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  RandomJson(long seed) {
    this.random = new Random(seed);
  }

  byte[] document() {
    out.setLength(0);
    space();
    switch (random.nextInt(12)) {
      case 0 -> anything(0);
      case 1 -> array(0);
      default -> envelope();
    }
    space();
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void envelope() {
    List<Runnable> members = new ArrayList<>();
    members.add(() -> member("method", () -> text(pick(METHODS))));
    members.add(() -> member("id", () -> scalar()));
    members.add(() -> member("params", () -> list(random.nextInt(4), this::payload)));
    members.add(() -> member("result", random.nextBoolean() ? this::payload : () -> anything(1)));
    members.add(() -> member("error", () -> object(List.of(() -> member("code", this::scalar)))));
    members.add(() -> member("other", () -> anything(1)));
    Collections.shuffle(members, random);
    object(members.subList(0, 1 + random.nextInt(members.size())));
  }

  private void payload() {
    List<Runnable> members = new ArrayList<>();
    for (String name :
        List.of("blockHash", "parentHash", "headBlockHash", "safeBlockHash", "latestValidHash")) {
      members.add(() -> member(name, () -> hex(32)));
    }
    members.add(() -> member("blockNumber", this::quantity));
    members.add(() -> member("timestamp", this::quantity));
    members.add(() -> member("payloadId", () -> hex(8)));
    members.add(() -> member("status", () -> text(pick(STATUSES))));
    members.add(() -> member("transactions", () -> list(random.nextInt(3), () -> hex(70))));
    members.add(() -> member("withdrawals", () -> list(random.nextInt(5), this::withdrawal)));
    members.add(() -> member("z", () -> anything(2)));
    Collections.shuffle(members, random);
    object(members.subList(0, 1 + random.nextInt(members.size())));
  }

  private void withdrawal() {
    if (random.nextInt(12) == 0) {
      anything(3);
      return;
    }
    object(
        List.of(
            () -> member("index", this::quantity),
            () -> member("validatorIndex", this::quantity),
            () -> member("address", () -> hex(20)),
            () -> member("amount", this::quantity)));
  }

  private void anything(int depth) {
    switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0, 1, 2 -> scalar();
      case 3 -> array(depth);
      default -> {
        List<Runnable> members = new ArrayList<>();
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        for (String name : names.subList(0, random.nextInt(4))) {
          members.add(() -> member(name, () -> anything(depth + 1)));
        }
        object(members);
      }
    }
  }

  private void array(int depth) {
    list(random.nextInt(4), () -> anything(depth + 1));
  }

  private void list(int count, Runnable item) {
    out.append('[');
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ",");
      space();
      item.run();
      space();
    }
    space();
    out.append(']');
  }

  private void object(List<Runnable> members) {
    out.append('{');
    for (int i = 0; i < members.size(); i++) {
      out.append(i == 0 ? "" : ",");
      space();
      members.get(i).run();
      space();
    }
    space();
    out.append('}');
  }

  private void member(String name, Runnable value) {
    text(name);
    space();
    out.append(':');
    space();
    value.run();
  }

  private void scalar() {
    switch (random.nextInt(7)) {
      case 0 -> out.append("null");
      case 1 -> out.append(random.nextBoolean());
      case 2 -> out.append(random.nextInt(100_000) - 50_000);
      case 3 -> text(pick(METHODS));
      case 4 -> quantity();
      case 5 -> text("]}\"\\,{[:" + pick(NAMES) + "\u0001é€😀");
      default -> hex(32);
    }
  }

  private void hex(int bytes) {
    StringBuilder digits = new StringBuilder("0x");
    for (int i = 0; i < bytes * 2 - (random.nextInt(30) == 0 ? 1 : 0); i++) {
      digits.append("0123456789abcdefABCDEF".charAt(random.nextInt(22)));
    }
    text(digits.toString());
  }

  private void quantity() {
    text("0x" + Long.toHexString(random.nextLong() >>> random.nextInt(64)));
  }

  /** Some characters are written as escapes, though they need not be. */
  private void text(String value) {
    boolean escape = random.nextInt(6) == 0;
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || (escape && random.nextInt(4) == 0)) {
        out.append("\\u%04x".formatted((int) c));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '/' && escape) {
        out.append("\\/");
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private void space() {
    out.append(SPACES[random.nextInt(SPACES.length)]);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
