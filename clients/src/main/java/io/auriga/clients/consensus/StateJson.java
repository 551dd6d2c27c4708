package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Lists within a state, {@code {"execution_optimistic", "finalized", "data": […]}}, read while they
 * stream by. Unknown fields are skipped; a missing or malformed one is an error that names its
 * path.
 */
final class StateJson {
  /** {@code G2_POINT_AT_INFINITY}. */
  private static final String INFINITY = "0xc0" + "0".repeat(190);

  private static final long COMMITTEE_INDEX_MAX = 63;

  /** {@code MAX_VALIDATORS_PER_COMMITTEE} of both presets. */
  private static final int COMMITTEE_SIZE_MAX = 2_048;

  private StateJson() {}

  /**
   * @param limit how many elements are allowed; one more is refused when it begins
   * @param element reads the object on which the parser stands, and leaves it at its end
   * @throws JsonView.Unexpected if it is no such list
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  static <T> StateAnswer<List<T>> list(
      JsonParser parser, int limit, Function<JsonParser, T> element) {
    return answer(parser, data -> elements(data, limit, element));
  }

  /** The seats of {@code {"validators": ["1", …]}}. */
  static StateAnswer<List<ValidatorIndex>> syncCommittee(JsonParser parser, int limit) {
    return answer(
        parser,
        data -> {
          if (data.currentToken() != JsonToken.START_OBJECT) {
            throw JsonFields.unexpected(data, "is not an object");
          }
          @Nullable List<ValidatorIndex> seats = null;
          while (data.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean wanted = data.currentName().equals("validators");
            JsonToken _ = data.nextToken();
            if (wanted) {
              seats = elements(data, limit, StateJson::index);
            } else {
              data.skipChildren();
            }
          }
          if (seats == null) {
            throw new JsonView.Unexpected("field data/validators is missing");
          }
          return seats;
        });
  }

  private static ValidatorIndex index(JsonParser parser) {
    if (!parser.currentToken().isScalarValue()) {
      throw JsonFields.unexpected(parser, "is no number");
    }
    try {
      return ValidatorIndex.parseDecimal(String.valueOf(parser.getString()));
    } catch (IllegalArgumentException malformed) {
      throw JsonFields.unexpected(parser, String.valueOf(malformed.getMessage()));
    }
  }

  static <T> StateAnswer<T> answer(JsonParser parser, Function<JsonParser, T> meaning) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new JsonView.Unexpected("the answer is not an object");
    }
    boolean optimistic = false;
    boolean finalized = false;
    @Nullable T data = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "execution_optimistic" -> optimistic = flag(parser, value);
        case "finalized" -> finalized = flag(parser, value);
        case "data" -> data = meaning.apply(parser);
        default -> parser.skipChildren();
      }
    }
    if (data == null) {
      throw new JsonView.Unexpected("field data is missing");
    }
    if (parser.nextToken() != null) {
      throw new JsonView.Unexpected("something follows the answer");
    }
    return new StateAnswer<>(data, optimistic, finalized);
  }

  private static boolean flag(JsonParser parser, JsonToken value) {
    return switch (value) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw JsonFields.unexpected(parser, "is neither true nor false");
    };
  }

  static <T> List<T> elements(JsonParser parser, int limit, Function<JsonParser, T> element) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonFields.unexpected(parser, "is not a list");
    }
    List<T> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (elements.size() == limit) {
        throw JsonFields.unexpected(parser, "is one more than the " + limit + " that there can be");
      }
      elements.add(element.apply(parser));
    }
    return elements;
  }

  static Validator validator(JsonParser parser) {
    JsonFields outer = JsonFields.read(parser, "validator");
    JsonFields inner = outer.nested();
    return new Validator(
        outer.as("index", ValidatorIndex::parseDecimal),
        inner.as("pubkey", BlsPublicKey::fromHex),
        inner.as("withdrawal_credentials", text -> WithdrawalCredentials.of(Root.fromHex(text))),
        outer.as("balance", Gwei::parseDecimal),
        inner.as("effective_balance", Gwei::parseDecimal),
        inner.truth("slashed"),
        new Validator.Life(
            inner.as("activation_eligibility_epoch", Epoch::parseDecimal),
            inner.as("activation_epoch", Epoch::parseDecimal),
            inner.as("exit_epoch", Epoch::parseDecimal),
            inner.as("withdrawable_epoch", Epoch::parseDecimal)));
  }

  static BeaconDuties.ProposerDuty proposer(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new BeaconDuties.ProposerDuty(
        fields.as("slot", Slot::parseDecimal),
        fields.as("validator_index", ValidatorIndex::parseDecimal));
  }

  static ScheduledExit scheduledExit(JsonParser parser) {
    JsonFields outer = JsonFields.read(parser, "validator");
    return new ScheduledExit(
        outer.as("index", ValidatorIndex::parseDecimal),
        outer.nested().as("effective_balance", Gwei::parseDecimal),
        outer.nested().as("exit_epoch", Epoch::parseDecimal));
  }

  /** Of a {@code PendingConsolidation}, the validator that is emptied. */
  static ValidatorIndex consolidationSource(JsonParser parser) {
    return JsonFields.read(parser, "").as("source_index", ValidatorIndex::parseDecimal);
  }

  static ValidatorBalance balance(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new ValidatorBalance(
        fields.as("index", ValidatorIndex::parseDecimal), fields.as("balance", Gwei::parseDecimal));
  }

  static PendingPartials.Entry pendingPartial(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new PendingPartials.Entry(
        fields.as("validator_index", ValidatorIndex::parseDecimal),
        fields.as("amount", Gwei::parseDecimal),
        fields.as("withdrawable_epoch", Epoch::parseDecimal));
  }

  static PendingDeposits.Entry pendingDeposit(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new PendingDeposits.Entry(
        fields.as("pubkey", BlsPublicKey::fromHex),
        fields.as("amount", Gwei::parseDecimal),
        fields.as("slot", Slot::parseDecimal),
        fields.as("signature", INFINITY::equals));
  }

  static Committee committee(JsonParser parser) {
    String path = parser.streamReadContext().pathAsPointer().toString();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonFields.unexpected(parser, "is not an object");
    }
    @Nullable Slot slot = null;
    long index = -1;
    int @Nullable [] validators = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "slot" -> slot = new Slot(number(parser, Long.MAX_VALUE));
        case "index" -> index = number(parser, COMMITTEE_INDEX_MAX);
        case "validators" -> validators = indices(parser);
        default -> parser.skipChildren();
      }
    }
    if (slot == null || index < 0 || validators == null) {
      throw new JsonView.Unexpected(path + " is no whole committee");
    }
    return new Committee(slot, index, validators);
  }

  private static int[] indices(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonFields.unexpected(parser, "is not a list");
    }
    int[] indices = new int[256];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == COMMITTEE_SIZE_MAX) {
        throw JsonFields.unexpected(parser, "is one more than a committee can have");
      }
      if (count == indices.length) {
        indices = Arrays.copyOf(indices, 2 * count);
      }
      indices[count++] = (int) number(parser, Integer.MAX_VALUE);
    }
    return Arrays.copyOf(indices, count);
  }

  private static long number(JsonParser parser, long most) {
    String text = parser.getString();
    try {
      long number = text == null ? -1 : UInt64.parseDecimal(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (IllegalArgumentException malformed) {
      throw JsonFields.unexpected(parser, "is " + malformed.getMessage());
    }
    throw JsonFields.unexpected(parser, "is larger than it can be");
  }

  static Withdrawal withdrawal(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new Withdrawal(
        fields.as("index", WithdrawalIndex::parseDecimal),
        fields.as("validator_index", ValidatorIndex::parseDecimal),
        fields.as("address", Address::fromHex),
        fields.as("amount", Gwei::parseDecimal));
  }
}
