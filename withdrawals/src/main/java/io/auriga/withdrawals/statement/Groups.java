package io.auriga.withdrawals.statement;

import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.PaidByValidator;
import io.auriga.withdrawals.PaidQueries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that an operator gives to validators and to addresses. A withdrawal is of its validator's
 * group, else of its address's, else of none: of one at the most, so that groups add up.
 */
public final class Groups {
  public static final Groups NONE = new Groups(List.of());

  private final List<Group> all;
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
   * @throws IllegalArgumentException if a validator or an address is in two, or two have one name
   */
  public Groups(List<Group> groups) {
    this.all = List.copyOf(groups);
    Set<String> names = new HashSet<>();
    for (Group group : groups) {
      if (!names.add(group.name())) {
        throw new IllegalArgumentException("two groups are named " + group.name());
      }
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

  /** In the order in which they were named. */
  public List<Group> all() {
    return all;
  }

  public Optional<Group> find(String name) {
    return all.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /**
   * Its validators, and those that were seen to pay to its addresses unless another group has them.
   *
   * @param limit how many of each address
   */
  public Set<ValidatorIndex> members(Group group, PaidQueries paid, int limit) {
    Set<ValidatorIndex> members = new HashSet<>(group.validators());
    for (Address address : group.addresses()) {
      for (PaidByValidator payer : paid.validatorsOf(address, limit)) {
        if (!byValidator.containsKey(payer.validator())) {
          members.add(payer.validator());
        }
      }
    }
    return members;
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
