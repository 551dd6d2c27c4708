package io.auriga.clients.execution;

import io.auriga.clients.http.JsonView;
import io.auriga.types.Withdrawal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fast path of {@link ExecutionBlockJson}: reads blocks as nodes write them, moving over a
 * megabyte of transactions several times faster than a parser that must be ready for anything.
 *
 * <p><b>Why it may be trusted.</b> It never decides that something is wrong. It returns a block, or
 * nothing where it meets whatever is not {@linkplain JsonSkip plain}, not expected or not
 * well-formed; then the full parser reads from the start, and answers or complains. So the two can
 * only differ if this one accepts what the other would read differently, and tests compare them on
 * recorded, altered and damaged blocks.
 */
final class PlainBlockJson {
  private static final int IN_WITHDRAWAL = 2;
  // Root, result, withdrawals and the like are entered without counting.
  private static final int DEPTH_MIN = 8;
  // Positions must not overflow.
  private static final int LENGTH_MAX = 1 << 30;

  private final byte[] json;
  private final JsonSkip skip;
  private @Nullable ParsedBlock result;

  private PlainBlockJson(byte[] json, int depthMax) {
    this.json = json;
    this.skip = new JsonSkip(json, depthMax);
  }

  /** The block, bare or as the result of a JSON-RPC response; null if this path cannot tell. */
  static @Nullable ParsedBlock parse(byte[] json, int depthMax) {
    if (depthMax < DEPTH_MIN || json.length > LENGTH_MAX) {
      return null;
    }
    try {
      return new PlainBlockJson(json, depthMax).whole();
    } catch (JsonView.Unexpected _) {
      return null; // the full parser will say it, in its words
    }
  }

  private @Nullable ParsedBlock whole() {
    BlockFields fields = new BlockFields();
    int end = block(skip.space(0), 0, fields);
    boolean plain = end != JsonSkip.NOT_PLAIN && skip.space(end) == json.length;
    if (!plain) {
      return null;
    }
    return result != null ? result : fields.toBlock();
  }

  /** Behind the object at {@code position}, in which {@code outside} others are open. */
  private int block(int position, int outside, BlockFields fields) {
    int at = enter(position, '{');
    while (at != JsonSkip.NOT_PLAIN && skip.at(at) == '"') {
      int nameEnd = skip.string(at);
      int value = skip.nameAndColon(at);
      if (value == JsonSkip.NOT_PLAIN) {
        return JsonSkip.NOT_PLAIN;
      }
      at = next(field(text(at, nameEnd), value, outside, fields), '}');
    }
    return leave(at, '}');
  }

  private int field(String name, int value, int outside, BlockFields fields) {
    if (name.equals("result") && outside == 0) {
      BlockFields ofResult = new BlockFields();
      int end = block(value, 1, ofResult);
      if (end != JsonSkip.NOT_PLAIN) {
        result = ofResult.toBlock();
      }
      return end;
    }
    if (name.equals("withdrawals")) {
      return withdrawals(value, outside + 1, fields);
    }
    int end = skip.value(value, outside + 1);
    if (end != JsonSkip.NOT_PLAIN && skip.at(value) == '"' && BlockFields.wants(name)) {
      fields.put(name, text(value, end));
    }
    return end;
  }

  private int withdrawals(int position, int outside, BlockFields fields) {
    if (skip.at(position) == 'n') {
      fields.withdrawals(null);
      return skip.literal(position, "null");
    }
    List<Withdrawal> list = new ArrayList<>();
    int at = enter(position, '[');
    while (at != JsonSkip.NOT_PLAIN && skip.at(at) != ']') {
      at = next(withdrawal(at, outside, list), ']');
    }
    fields.withdrawals(list);
    return leave(at, ']');
  }

  private int withdrawal(int position, int outside, List<Withdrawal> list) {
    WithdrawalTexts texts = new WithdrawalTexts();
    int at = enter(position, '{');
    while (at != JsonSkip.NOT_PLAIN && skip.at(at) == '"') {
      int nameEnd = skip.string(at);
      int value = skip.nameAndColon(at);
      if (value == JsonSkip.NOT_PLAIN) {
        return JsonSkip.NOT_PLAIN;
      }
      int end = skip.value(value, outside + IN_WITHDRAWAL);
      if (end != JsonSkip.NOT_PLAIN && skip.at(value) == '"') {
        texts.put(text(at, nameEnd), text(value, end));
      }
      at = next(end, '}');
    }
    int end = leave(at, '}');
    if (end != JsonSkip.NOT_PLAIN) {
      list.add(texts.toWithdrawal("withdrawals[" + list.size() + "]"));
    }
    return end;
  }

  /** At the first element within the bracket at {@code position}, or at the closing one. */
  private int enter(int position, int bracket) {
    return skip.at(position) == bracket ? skip.space(position + 1) : JsonSkip.NOT_PLAIN;
  }

  /** From behind an element to the next one, or to the closing bracket. */
  private int next(int end, int bracket) {
    if (end == JsonSkip.NOT_PLAIN) {
      return JsonSkip.NOT_PLAIN;
    }
    int at = skip.space(end);
    if (skip.at(at) == ',') {
      at = skip.space(at + 1);
      return skip.at(at) == bracket ? JsonSkip.NOT_PLAIN : at;
    }
    return skip.at(at) == bracket ? at : JsonSkip.NOT_PLAIN;
  }

  /** Behind the closing bracket that should be at {@code position}. */
  private int leave(int position, int bracket) {
    return skip.at(position) == bracket ? position + 1 : JsonSkip.NOT_PLAIN;
  }

  /** What stands between the quotes of a plain string. */
  private String text(int from, int end) {
    return new String(json, from + 1, end - from - 2, StandardCharsets.ISO_8859_1);
  }
}
