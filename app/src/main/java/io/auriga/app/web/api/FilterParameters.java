package io.auriga.app.web.api;

import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The query parameters of every list of withdrawals, the same for REST, for exports and for the
 * dashboard's form. An empty value is as good as none, as forms send them.
 */
public final class FilterParameters {
  private static final List<String> NAMES =
      List.of(
          "validatorIndex",
          "address",
          "slot",
          "fromSlot",
          "toSlot",
          "index",
          "fromIndex",
          "toIndex",
          "fromTime",
          "toTime",
          "blockRoot",
          "blockHash",
          "blockNumber",
          "fromBlock",
          "toBlock",
          "stage",
          "orphaned",
          "order");

  private final Request request;
  private WithdrawalFilter filter = WithdrawalFilter.ALL;

  private FilterParameters(Request request) {
    this.request = request;
  }

  /** Every parameter of a filter. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Refuses parameters that are neither a filter's nor named here.
   *
   * @throws HttpException naming the parameter
   */
  public static void requireOnly(Request request, String... others) {
    request.requireOnly(Stream.concat(NAMES.stream(), Stream.of(others)).toArray(String[]::new));
  }

  /** Names, repeated or separated by commas. */
  static Set<String> names(Request request, String parameter) {
    return new FilterParameters(request).any(parameter, text -> text);
  }

  /**
   * The filter that a query asks for.
   *
   * @throws HttpException naming the parameter that is wrong
   */
  public static WithdrawalFilter parse(Request request) {
    return new FilterParameters(request).filter();
  }

  private WithdrawalFilter filter() {
    Set<ValidatorIndex> validators = any("validatorIndex", ValidatorIndex::parseDecimal);
    if (!validators.isEmpty()) {
      filter = filter.withValidators(validators);
    }
    Set<Address> addresses = any("address", Address::fromHex);
    if (!addresses.isEmpty()) {
      filter = filter.withAddresses(addresses);
    }
    Set<Stage> stages = any("stage", FilterParameters::stage);
    if (!stages.isEmpty()) {
      filter = filter.withStages(stages);
    }
    bounds(
        "slot",
        "fromSlot",
        "toSlot",
        Slot::parseDecimal,
        WithdrawalFilter::withFromSlot,
        WithdrawalFilter::withToSlot);
    bounds(
        "index",
        "fromIndex",
        "toIndex",
        WithdrawalIndex::parseDecimal,
        WithdrawalFilter::withFromIndex,
        WithdrawalFilter::withToIndex);
    bounds(
        "blockNumber",
        "fromBlock",
        "toBlock",
        BlockNumber::parseDecimal,
        WithdrawalFilter::withFromBlock,
        WithdrawalFilter::withToBlock);
    Optional<Instant> fromTime = one("fromTime", FilterParameters::time);
    Optional<Instant> toTime = one("toTime", FilterParameters::time);
    ordered("fromTime", fromTime, "toTime", toTime);
    fromTime.ifPresent(value -> filter = filter.withFromTime(value));
    toTime.ifPresent(value -> filter = filter.withToTime(value));
    one("blockRoot", Root::fromHex).ifPresent(value -> filter = filter.withBlockRoot(value));
    one("blockHash", BlockHash::fromHex).ifPresent(value -> filter = filter.withBlockHash(value));
    if (one("orphaned", FilterParameters::truth).orElse(false)) {
      filter = filter.withOrphaned();
    }
    one("order", FilterParameters::order).ifPresent(value -> filter = filter.withOrder(value));
    return filter;
  }

  private <T extends Comparable<T>> void bounds(
      String exact,
      String from,
      String to,
      Function<String, T> parser,
      BiFunction<WithdrawalFilter, T, WithdrawalFilter> withFrom,
      BiFunction<WithdrawalFilter, T, WithdrawalFilter> withTo) {
    Optional<T> only = one(exact, parser);
    Optional<T> lowest = one(from, parser);
    Optional<T> highest = one(to, parser);
    if (only.isPresent() && (lowest.isPresent() || highest.isPresent())) {
      throw refused(exact, "it excludes " + from + " and " + to);
    }
    ordered(from, lowest, to, highest);
    lowest.or(() -> only).ifPresent(value -> filter = withFrom.apply(filter, value));
    highest.or(() -> only).ifPresent(value -> filter = withTo.apply(filter, value));
  }

  private static <T extends Comparable<T>> void ordered(
      String from, Optional<T> lowest, String to, Optional<T> highest) {
    if (lowest.isPresent() && highest.isPresent() && lowest.get().compareTo(highest.get()) > 0) {
      throw refused(from, lowest.get() + " lies after " + to + ", " + highest.get());
    }
  }

  private <T> Optional<T> one(String name, Function<String, T> parser) {
    return request.query(name).filter(text -> !text.isBlank()).isEmpty()
        ? Optional.empty()
        : request.query(name, text -> parser.apply(text.strip()));
  }

  /** Repeated, or separated by commas, as the Beacon API takes both. */
  private <T> Set<T> any(String name, Function<String, T> parser) {
    Set<T> values = new LinkedHashSet<>();
    for (String given : request.queryAll(name)) {
      for (String text : given.split(",", -1)) {
        if (text.isBlank()) {
          continue;
        }
        try {
          values.add(parser.apply(text.strip()));
        } catch (IllegalArgumentException wrong) {
          throw refused(name, String.valueOf(wrong.getMessage()));
        }
      }
    }
    return values;
  }

  private static HttpException refused(String name, String problem) {
    return new HttpException(HttpError.BAD_REQUEST, "read query parameter " + name, problem);
  }

  private static Stage stage(String text) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.lowerName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not a stage: "
                        + Hex.abbreviate(text)
                        + "; the stages are "
                        + Arrays.stream(Stage.values()).map(Stage::lowerName).toList()));
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("neither true nor false: " + Hex.abbreviate(text));
    };
  }

  private static WithdrawalFilter.Order order(String text) {
    return switch (text) {
      case "newest" -> WithdrawalFilter.Order.NEWEST_FIRST;
      case "oldest" -> WithdrawalFilter.Order.OLDEST_FIRST;
      default ->
          throw new IllegalArgumentException("neither newest nor oldest: " + Hex.abbreviate(text));
    };
  }

  /** ISO 8601 with a zone, or Unix seconds. */
  private static Instant time(String text) {
    if (text.chars().allMatch(Character::isDigit)) {
      return Instant.ofEpochSecond(seconds(text));
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "neither a time such as 2026-11-22T18:00:00Z nor Unix seconds: " + Hex.abbreviate(text),
          wrong);
    }
  }

  private static long seconds(String text) {
    long seconds = UInt64.parseDecimal(text);
    if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
      throw new IllegalArgumentException("not a time in Unix seconds: " + Hex.abbreviate(text));
    }
    return seconds;
  }
}
