package io.auriga.chain.era;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.SpecError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an era file: {@code mainnet-01234-6a2b3c4d.era}. It says where to look and proves
 * nothing; files of any name are read.
 *
 * @param network the {@code CONFIG_NAME} of the network's configuration
 * @param era the first era in the file
 * @param shortRoot the first eight digits of the root of the last one
 */
public record EraFileName(String network, long era, String shortRoot) {
  private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern FORM =
      Pattern.compile("(" + NETWORK + ")-([0-9]{5,10})-([0-9a-f]{8})\\.era");

  /** Empty where the name is of another form. */
  public static Optional<EraFileName> parse(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        ? Optional.of(
            new EraFileName(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * The network's name, as it stands in names of files.
   *
   * @throws AurigaException {@code AUR-SPEC-BAD-CONFIG} if no file should be called so: the name
   *     may have come from a node
   */
  static String networkOf(ChainSpec spec) {
    if (!NETWORK.matcher(spec.name()).matches()) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "name an era file",
          "the network's CONFIG_NAME has other characters than letters, digits and .-_");
    }
    return spec.name();
  }

  @Override
  public String toString() {
    return begin(network, era) + "-" + shortRoot + ".era";
  }

  /** How the names of all files that begin with this era begin. */
  static String begin(String network, long era) {
    return "%s-%05d".formatted(network, era);
  }
}
