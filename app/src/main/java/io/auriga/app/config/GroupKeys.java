package io.auriga.app.config;

import io.auriga.runtime.config.ConfigError;
import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.Groups.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups of validators and addresses: {@code groups}, a list that only a file can have. */
final class GroupKeys {
  /** More than one operator has. */
  private static final long RANGE_MAX = 1_000_000;

  private static final Key<String> NAME = Key.text("name", "What a group is called.");
  private static final Key<List<String>> VALIDATORS =
      Key.texts("validators", "Its validators: indices, and ranges such as 100..199.").orElse("");
  private static final Key<List<String>> ADDRESSES =
      Key.texts("addresses", "Its addresses.").orElse("");

  private GroupKeys() {}

  static Groups read(ConfigTree tree) {
    List<Group> groups = new ArrayList<>();
    for (ConfigTree group : tree.sections("groups")) {
      String name = group.value(NAME);
      List<String> validators = group.value(VALIDATORS);
      List<String> addresses = group.value(ADDRESSES);
      groups.add(
          checked(
              name,
              () ->
                  new Group(
                      name,
                      validators(validators),
                      addresses.stream().map(Address::fromHex).collect(Collectors.toSet()))));
    }
    return checked("all", () -> new Groups(groups));
  }

  private static <T> T checked(String name, java.util.function.Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException refused) {
      throw new AurigaException(
          ConfigError.BAD_VALUE, "use the group " + name, String.valueOf(refused.getMessage()));
    }
  }

  private static Set<ValidatorIndex> validators(List<String> texts) {
    Set<ValidatorIndex> validators = new HashSet<>();
    for (String text : texts) {
      int dots = text.indexOf("..");
      long first = ValidatorIndex.parseDecimal(dots < 0 ? text : text.substring(0, dots)).value();
      long last = dots < 0 ? first : ValidatorIndex.parseDecimal(text.substring(dots + 2)).value();
      if (first < 0 || last < first || last - first >= RANGE_MAX) {
        throw new IllegalArgumentException(
            "a range goes upwards over at most " + RANGE_MAX + " validators: " + text);
      }
      for (long index = first; index <= last; index++) {
        validators.add(new ValidatorIndex(index));
      }
    }
    return validators;
  }
}
