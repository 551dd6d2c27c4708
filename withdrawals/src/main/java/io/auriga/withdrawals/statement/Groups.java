package io.auriga.withdrawals.statement;

import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that an operator gives to validators and to addresses. A withdrawal is of its validator's
 * group, else of its address's, else of none: of one at the most, so that groups add up.
 */
public final class Groups {
  public static final Groups NONE = new Groups(List.of());

  private final Map<ValidatorIndex, String> byValidator = new HashMap<>();
  private final Map<Address, String> byAddress = new HashMap<>();

  /** One group. */
  public record Group(String name, Set<ValidatorIndex> validators, Set<Address> addresses) {
    public Group {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")) {
        throw new IllegalArgumentException(
            "a group's name is of 1 to 64 letters, digits, spaces, dots, dashes: " + name);
      }
      validators = Set.copyOf(validators);
      addresses = Set.copyOf(addresses);
    }
  }

  /**
   * Groups that do not overlap.
   *
   * @throws IllegalArgumentException if a validator or an address is in two
   */
  public Groups(List<Group> groups) {
    for (Group group : groups) {
      for (ValidatorIndex validator : group.validators()) {
        require("validator " + validator, group.name(), byValidator.put(validator, group.name()));
      }
      for (Address address : group.addresses()) {
        require("address " + address, group.name(), byAddress.put(address, group.name()));
      }
    }
  }

  private static void require(String what, String group, @Nullable String before) {
    if (before != null) {
      throw new IllegalArgumentException(
          "%s is in the groups %s and %s".formatted(what, before, group));
    }
  }

  public boolean isEmpty() {
    return byValidator.isEmpty() && byAddress.isEmpty();
  }

  /** Empty text for none. */
  String nameOf(ValidatorIndex validator, Address address) {
    String own = byValidator.get(validator);
    return own != null ? own : Objects.requireNonNullElse(byAddress.get(address), "");
  }
}
