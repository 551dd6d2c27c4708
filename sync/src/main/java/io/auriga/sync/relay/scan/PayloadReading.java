package io.auriga.sync.relay.scan;

import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Gathers the parts of one execution payload. */
final class PayloadReading {
  private final Map<Field, String> parts = new EnumMap<>(Field.class);
  private final Map<Field, String> entry = new EnumMap<>(Field.class);
  private @Nullable List<Withdrawal> withdrawals;
  private boolean broken;

  /** The members of a payload, in a request or in an answer. */
  static Map<String, Shape> members() {
    Shape withdrawal =
        Shape.of()
            .with(
                Map.of(
                    "index", Shape.text(Field.WITHDRAWAL_INDEX),
                    "validatorIndex", Shape.text(Field.WITHDRAWAL_VALIDATOR),
                    "address", Shape.text(Field.WITHDRAWAL_ADDRESS),
                    "amount", Shape.text(Field.WITHDRAWAL_AMOUNT)))
            .as(Field.WITHDRAWAL);
    Map<String, Shape> members = new LinkedHashMap<>();
    members.put("parentHash", Shape.text(Field.PARENT_HASH));
    members.put("blockHash", Shape.text(Field.BLOCK_HASH));
    members.put("blockNumber", Shape.text(Field.BLOCK_NUMBER));
    members.put("timestamp", Shape.text(Field.TIMESTAMP));
    members.put("withdrawals", Shape.of().items(withdrawal, withdrawal).as(Field.WITHDRAWALS));
    return members;
  }

  void value(Field field, Captured text) {
    switch (field) {
      case WITHDRAWAL_INDEX, WITHDRAWAL_VALIDATOR, WITHDRAWAL_ADDRESS, WITHDRAWAL_AMOUNT ->
          put(entry, field, text);
      // The list is null, or an entry is no object.
      case WITHDRAWALS, WITHDRAWAL -> skips(field);
      default -> put(parts, field, text);
    }
  }

  private static void put(Map<Field, String> map, Field field, Captured text) {
    Optional<String> value = text.quoted() ? text.text() : Optional.empty();
    if (value.isPresent()) {
      map.put(field, value.get());
    } else {
      map.remove(field);
    }
  }

  void skips(Field field) {
    switch (field) {
      case WITHDRAWALS -> {
        withdrawals = null;
        broken = false;
      }
      case WITHDRAWAL -> broken = true;
      default -> {
        parts.remove(field);
        entry.remove(field);
      }
    }
  }

  void begins(Field field) {
    if (field == Field.WITHDRAWALS) {
      withdrawals = new ArrayList<>();
      broken = false;
    } else if (field == Field.WITHDRAWAL) {
      entry.clear();
    }
  }

  void ends(Field field) {
    if (field != Field.WITHDRAWAL || withdrawals == null) {
      return;
    }
    if (withdrawals.size() == PayloadFacts.WITHDRAWALS_MAX) {
      broken = true;
      return;
    }
    try {
      withdrawals.add(
          new Withdrawal(
              new WithdrawalIndex(quantity(Field.WITHDRAWAL_INDEX)),
              new ValidatorIndex(quantity(Field.WITHDRAWAL_VALIDATOR)),
              Address.fromHex(entry.getOrDefault(Field.WITHDRAWAL_ADDRESS, "")),
              new Gwei(quantity(Field.WITHDRAWAL_AMOUNT))));
    } catch (IllegalArgumentException malformed) {
      broken = true;
    }
  }

  private long quantity(Field field) {
    return UInt64.parseQuantity(entry.getOrDefault(field, ""));
  }

  PayloadFacts facts() {
    return new PayloadFacts(
        hash(Field.BLOCK_HASH),
        hash(Field.PARENT_HASH),
        number(Field.BLOCK_NUMBER),
        number(Field.TIMESTAMP),
        broken ? Optional.empty() : Optional.ofNullable(withdrawals));
  }

  Optional<BlockHash> hash(Field field) {
    try {
      return Optional.ofNullable(parts.get(field)).map(BlockHash::fromHex);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private OptionalLong number(Field field) {
    String text = parts.get(field);
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(UInt64.parseQuantity(text));
    } catch (IllegalArgumentException malformed) {
      return OptionalLong.empty();
    }
  }
}
