package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.clients.NodeException;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchedValidator;
import io.auriga.withdrawals.BlockRecord;
import io.auriga.withdrawals.PaidSummary;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person may mean by a number or by hex digits. */
final class Searches {
  private static final int HEX_PREFIX = 2;
  private static final int ADDRESS_DIGITS = 40;
  private static final int HASH_DIGITS = 64;
  private static final int KEY_DIGITS = 96;
  private static final int GROUPS = 20;

  private final WebInputs inputs;
  private final WithdrawalQueries queries;

  Searches(WebInputs inputs) {
    this.inputs = inputs;
    this.queries = inputs.queries();
  }

  SearchPage page(Chrome chrome, String typed) {
    try {
      List<SearchPage.Hit> hits = new ArrayList<>(groups(typed));
      hits.addAll(labels(typed));
      if (typed.startsWith("0x")) {
        hits.addAll(hex(typed));
      } else if (hits.isEmpty() || typed.chars().allMatch(Character::isDigit)) {
        hits.addAll(number(typed));
      }
      return new SearchPage(
          chrome, typed, hits, hits.isEmpty() ? "Nothing kept here has that name." : "");
    } catch (NodeException unanswered) {
      return new SearchPage(
          chrome, typed, List.of(), unanswered.getMessage() + ". " + unanswered.remedy() + ".");
    } catch (IllegalArgumentException notUnderstood) {
      return new SearchPage(chrome, typed, List.of(), notUnderstood.getMessage() + ".");
    }
  }

  /** Those whose names hold what was typed. */
  private List<SearchPage.Hit> groups(String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return inputs.groups().get().all().stream()
        .filter(group -> !typed.isEmpty())
        .filter(group -> group.name().toLowerCase(Locale.ROOT).contains(wanted))
        .limit(GROUPS)
        .map(
            group ->
                new SearchPage.Hit(
                    "Group " + group.name(),
                    Digits.counted(group.validators().size(), "validator")
                        + ", "
                        + group.addresses().size()
                        + (group.addresses().size() == 1 ? " address" : " addresses"),
                    GroupPages.link(group.name())))
        .toList();
  }

  /** Labels that hold what was typed, such as {@code operator:acme}. */
  private List<SearchPage.Hit> labels(String typed) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    return inputs.watch().get().watched().scopes().entrySet().stream()
        .filter(_ -> !typed.isEmpty())
        .filter(one -> one.getKey().contains(":") && !one.getKey().startsWith(Label.GROUP + ":"))
        .filter(one -> one.getKey().toLowerCase(Locale.ROOT).contains(wanted))
        .limit(GROUPS)
        .map(
            one ->
                new SearchPage.Hit(
                    "Label " + one.getKey(),
                    Digits.counted(one.getValue().length, "validator") + " watched",
                    WatchedPages.link(one.getKey())))
        .toList();
  }

  private boolean isWatched(ValidatorIndex validator) {
    return inputs.watch().get().watched().find(validator).isPresent();
  }

  private Optional<ValidatorIndex> watchedBy(BlsPublicKey key) {
    return inputs.watch().get().watched().validators().values().stream()
        .filter(one -> one.key().equals(key))
        .map(WatchedValidator::index)
        .findFirst();
  }

  private List<SearchPage.Hit> hex(String typed) {
    return switch (typed.length() - HEX_PREFIX) {
      case ADDRESS_DIGITS -> {
        Address address = Address.fromHex(typed);
        yield List.of(
            new SearchPage.Hit(
                "Address " + address.toHex(),
                paid(inputs.paid().address(address)),
                "/addresses/" + address.toHex()));
      }
      case HASH_DIGITS -> {
        Root root = Root.fromHex(typed);
        Optional<BlockRecord> block =
            queries.block(root).or(() -> queries.block(BlockHash.of(root.toBytes())));
        yield block
            .map(
                found ->
                    List.of(hit("Block at slot " + Digits.grouped(found.slot().value()), found)))
            .orElse(List.of());
      }
      case KEY_DIGITS -> {
        BlsPublicKey key = BlsPublicKey.fromHex(typed);
        yield watchedBy(key).or(() -> inputs.validators().indexOf(key)).stream()
            .map(this::validator)
            .toList();
      }
      default ->
          throw new IllegalArgumentException(
              "Hex digits are 20 bytes of an address, 32 of a block root or block hash, or 48 of a"
                  + " public key, not "
                  + Hex.abbreviate(typed));
    };
  }

  private List<SearchPage.Hit> number(String typed) {
    long value;
    try {
      value = UInt64.parseDecimal(typed);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "Search for a validator, withdrawal index, slot or block by its number, for an"
              + " address, public key, block root or block hash that begins with 0x, or for a group"
              + " by its name",
          wrong);
    }
    List<SearchPage.Hit> hits = new ArrayList<>();
    ValidatorIndex validator = new ValidatorIndex(value);
    if (isWatched(validator) || inputs.paid().validator(validator).payments() > 0) {
      hits.add(validator(validator));
    }
    if (!queries.show(new WithdrawalIndex(value)).isEmpty()) {
      hits.add(
          new SearchPage.Hit(
              "Withdrawal " + Digits.grouped(value),
              "by its global index",
              "/withdrawals/" + UInt64.toDecimal(value)));
    }
    if (value >= 0) {
      queries
          .block(new Slot(value))
          .ifPresent(block -> hits.add(hit("Slot " + Digits.grouped(value), block)));
      queries
          .block(new BlockNumber(value))
          .ifPresent(block -> hits.add(hit("Execution block " + Digits.grouped(value), block)));
    }
    return hits;
  }

  private SearchPage.Hit validator(ValidatorIndex validator) {
    return new SearchPage.Hit(
        "Validator " + validator,
        (isWatched(validator) ? "watched, " : "") + paid(inputs.paid().validator(validator)),
        "/validators/" + validator);
  }

  private static String paid(PaidSummary paid) {
    Amount total = Amount.total(paid.totalGwei());
    return Digits.counted(paid.payments(), "payment")
        + ", "
        + total.whole()
        + "."
        + total.fraction()
        + " ETH";
  }

  private static SearchPage.Hit hit(String title, BlockRecord block) {
    return new SearchPage.Hit(
        title,
        "root %s, %s%s"
            .formatted(
                block.root().toShortHex(),
                Digits.counted(block.withdrawals(), "withdrawal"),
                block.canonical() ? "" : ", orphaned"),
        "/blocks/" + block.root().toHex());
  }
}
