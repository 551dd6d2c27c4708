package io.auriga.app.cli;

import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which withdrawals a command is about; the same options for all of them. */
final class FilterOptions {
  private static final int HASH_LENGTH = 66;
  private static final String RANGE = "A..B";

  @Option(
      names = "--validator",
      paramLabel = "INDEX,…",
      split = ",",
      hideParamSyntax = true,
      description = "Withdrawals of these validators.")
  private List<String> validators = List.of();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS,…",
      split = ",",
      hideParamSyntax = true,
      description = "Withdrawals to these addresses.")
  private List<String> addresses = List.of();

  @Option(
      names = "--block",
      paramLabel = "BLOCK",
      description =
          "Of one block: the execution block's number or hash, or the beacon block's root.")
  private @Nullable String block;

  @Option(names = "--slot", paramLabel = RANGE, description = "Of one slot, or of slots A to B.")
  private @Nullable String slot;

  @Option(
      names = "--index",
      paramLabel = RANGE,
      description = "With one withdrawal index, or with indices A to B.")
  private @Nullable String index;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Not before this time: 2026-11-22, 2026-11-22T10:00:00Z, or 24h or 7d ago.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
  private @Nullable String to;

  @Option(
      names = "--stage",
      paramLabel = "STAGE,…",
      split = ",",
      hideParamSyntax = true,
      description = "In these stages: consensus, execution, safe, finalized, orphaned.")
  private List<String> stages = List.of();

  @Option(names = "--orphaned", description = "Also those in orphaned blocks.")
  private boolean orphaned;

  /**
   * The filter that the options make, checked before any ledger is opened; which of its blocks a
   * hash names, a ledger must say.
   *
   * @throws AurigaException {@code AUR-CLI-USAGE} naming the option
   */
  Function<WithdrawalQueries, WithdrawalFilter> filter(InstantSource time) {
    WithdrawalFilter filter = WithdrawalFilter.ALL;
    if (!validators.isEmpty()) {
      filter = filter.withValidators(all("--validator", validators, ValidatorIndex::parseDecimal));
    }
    if (!addresses.isEmpty()) {
      filter = filter.withAddresses(all("--address", addresses, Address::fromHex));
    }
    if (!stages.isEmpty()) {
      filter = filter.withStages(all("--stage", stages, FilterOptions::stage));
    }
    filter =
        range(
            filter,
            "--slot",
            slot,
            Slot::parseDecimal,
            WithdrawalFilter::withFromSlot,
            WithdrawalFilter::withToSlot);
    filter =
        range(
            filter,
            "--index",
            index,
            WithdrawalIndex::parseDecimal,
            WithdrawalFilter::withFromIndex,
            WithdrawalFilter::withToIndex);
    if (from != null) {
      filter = filter.withFromTime(parse("--from", from, text -> TimeText.parse(text, time)));
    }
    if (to != null) {
      filter = filter.withToTime(parse("--to", to, text -> TimeText.parse(text, time)));
    }
    if (orphaned) {
      filter = filter.withOrphaned();
    }
    WithdrawalFilter others = filter;
    return block == null ? _ -> others : ofBlock(others, block);
  }

  /** A hash and a root look alike, so the ledger is asked which of both it knows. */
  private static Function<WithdrawalQueries, WithdrawalFilter> ofBlock(
      WithdrawalFilter filter, String block) {
    if (block.length() != HASH_LENGTH) {
      BlockNumber number = parse("--block", block, BlockNumber::parseDecimal);
      return _ -> filter.withFromBlock(number).withToBlock(number);
    }
    BlockHash hash = parse("--block", block, BlockHash::fromHex);
    Root root = parse("--block", block, Root::fromHex);
    return queries ->
        queries.block(hash).isPresent() ? filter.withBlockHash(hash) : filter.withBlockRoot(root);
  }

  private static <T extends Comparable<T>> WithdrawalFilter range(
      WithdrawalFilter filter,
      String option,
      @Nullable String text,
      Function<String, T> parser,
      BiFunction<WithdrawalFilter, T, WithdrawalFilter> withFrom,
      BiFunction<WithdrawalFilter, T, WithdrawalFilter> withTo) {
    if (text == null) {
      return filter;
    }
    int dots = text.indexOf("..");
    T first = parse(option, dots < 0 ? text : text.substring(0, dots), parser);
    T last = dots < 0 ? first : parse(option, text.substring(dots + 2), parser);
    if (first.compareTo(last) > 0) {
      throw wrong(option, text, "the first is greater than the last");
    }
    return withTo.apply(withFrom.apply(filter, first), last);
  }

  private static <T> Set<T> all(String option, List<String> texts, Function<String, T> parser) {
    return texts.stream()
        .map(text -> parse(option, text.strip(), parser))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stage stage(String text) {
    return Arrays.stream(Stage.values())
        .filter(stage -> stage.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "none of consensus, execution, safe, finalized, orphaned"));
  }

  private static <T> T parse(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw wrong(option, text, String.valueOf(malformed.getMessage()));
    }
  }

  private static AurigaException wrong(String option, String text, String problem) {
    return new AurigaException(CliError.USAGE, "use " + option + " " + text, problem);
  }
}
