package io.auriga.app.config;

import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ErrorCode;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchError;
import io.auriga.validators.watched.WatchList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who is watched: {@code watch}, and {@code groups}, a list that only a file can have. */
final class WatchKeys {
  static final Key<String> NAME = Key.text("name", "What a group is called.");
  private static final Key<List<String>> VALIDATORS =
      Key.texts("validators", "Watched validators: indices, ranges such as 100..199, public keys.")
          .orElse("");
  private static final Key<List<String>> ADDRESSES =
      Key.texts("addresses", "Withdrawal addresses: all validators that pay to them.").orElse("");
  private static final Key<List<Path>> FILES =
      Key.many(
              "files",
              "Files with public keys, one a line, and EIP-2335 keystores, of which only the public"
                  + " key is read; and folders of such.",
              "list of paths",
              Path::of)
          .orElse("");
  private static final Key<List<String>> LABELS =
      Key.texts("labels", "Labels for all of them, such as operator:acme.").orElse("");
  private static final Key<Duration> RELOAD =
      Key.duration(
              "watch.reload",
              "How often it is looked whether the watched validators are named differently now: in"
                  + " the configuration file, or in the files that it names.",
              Duration.ofMillis(100))
          .orElse("5s");

  private WatchKeys() {}

  static WatchConfig read(ConfigTree tree) {
    List<WatchConfig.Section> sections = new ArrayList<>();
    sections.add(section("watch", tree.section("watch"), Set.of()));
    for (ConfigTree group : tree.sections("groups")) {
      String name = group.value(NAME);
      String where = "group " + Hex.printable(name);
      Label label = checked(WatchError.BAD_LABEL, where, "its name", () -> Label.ofGroup(name));
      sections.add(section(where, group, Set.of(label)));
    }
    return new WatchConfig(sections, tree.value(RELOAD));
  }

  private static WatchConfig.Section section(
      String where, ConfigTree tree, Set<Label> labelsBefore) {
    Set<Label> labels = new HashSet<>(labelsBefore);
    labels.addAll(all(WatchError.BAD_LABEL, where, tree.value(LABELS), Label::parse));
    Set<ValidatorIndex> indices = new HashSet<>();
    Set<BlsPublicKey> keys = new HashSet<>();
    for (String text : tree.value(VALIDATORS)) {
      if (isKey(text)) {
        keys.add(checked(WatchError.BAD_NAME, where, text, () -> key(text)));
      } else {
        indices.addAll(checked(WatchError.BAD_NAME, where, text, () -> range(text)));
      }
      if (indices.size() > WatchList.NAMES_MAX) {
        throw new AurigaException(
            WatchError.TOO_MANY,
            "watch " + where,
            "more than " + WatchList.NAMES_MAX + " validators are named");
      }
    }
    return new WatchConfig.Section(
        where,
        labels,
        indices,
        keys,
        Set.copyOf(all(WatchError.BAD_NAME, where, tree.value(ADDRESSES), Address::fromHex)),
        tree.value(FILES));
  }

  private static <T> List<T> all(
      ErrorCode code, String where, List<String> texts, Function<String, T> parser) {
    return texts.stream()
        .map(text -> checked(code, where, text, () -> parser.apply(text)))
        .toList();
  }

  private static <T> T checked(ErrorCode code, String where, String text, Supplier<T> making) {
    try {
      return making.get();
    } catch (IllegalArgumentException refused) {
      throw new AurigaException(
          code,
          "use %s of %s".formatted(Hex.abbreviate(text), where),
          String.valueOf(refused.getMessage()));
    }
  }

  private static boolean isKey(String text) {
    return text.startsWith("0x") || text.length() == 2 * BlsPublicKey.LENGTH;
  }

  /** A public key with or without {@code 0x}. */
  static BlsPublicKey key(String text) {
    return BlsPublicKey.fromHex(text.startsWith("0x") ? text : "0x" + text);
  }

  private static Set<ValidatorIndex> range(String text) {
    int dots = text.indexOf("..");
    long first = ValidatorIndex.parseDecimal(dots < 0 ? text : text.substring(0, dots)).value();
    long last = dots < 0 ? first : ValidatorIndex.parseDecimal(text.substring(dots + 2)).value();
    if (first < 0 || last < first || last - first >= WatchList.NAMES_MAX) {
      throw new IllegalArgumentException(
          "a range goes upwards over at most " + WatchList.NAMES_MAX + " validators");
    }
    Set<ValidatorIndex> validators = new HashSet<>();
    for (long index = first; index <= last; index++) {
      validators.add(new ValidatorIndex(index));
    }
    return validators;
  }
}
