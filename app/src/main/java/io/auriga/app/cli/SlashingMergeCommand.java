package io.auriga.app.cli;

import io.auriga.app.cli.slashing.InterchangeFile;
import io.auriga.crypto.slashing.Interchange;
import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.InterchangeWriter;
import io.auriga.crypto.slashing.Strategy;
import io.auriga.types.AurigaException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga slashing merge}: several interchange files into one. */
@Command(
    name = "merge",
    description = {
      "Merges interchange files of one chain into one that forbids what any of them forbids: each"
          + " key once, equal records once.",
      "",
      "Where one file knows less of the past than another, their union may allow what the shorter"
          + " one's client signed before the file begins; --minify is safe also then.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing merge old-machine.json new-machine.json --out merged.json",
      "  auriga slashing merge --minify export.json > minified.json"
    })
final class SlashingMergeCommand implements Callable<Integer> {
  private static final String WRITE = "write the interchange";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file instead of to standard output; it must not exist yet.")
  private @Nullable Path output;

  @Option(
      names = "--minify",
      description =
          "Keep of each key only the highest slot, source and target: smaller, and safe to import"
              + " everywhere, but repeated messages are refused.")
  private boolean minify;

  @Option(
      names = "--json",
      description = "With --out: what was written, as one JSON object on a line.")
  private boolean json;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files to merge.")
  private List<String> files = List.of();

  @Override
  public Integer call() {
    if (output != null) {
      PartFile.requireNew(output, WRITE);
    }
    Interchange merged = merged();
    boolean _ =
        TextOutput.write(
            spec.commandLine().getOut(),
            output,
            WRITE,
            out -> {
              InterchangeWriter.write(merged, out);
              return true;
            });
    if (output != null) {
      spec.commandLine().getOut().println(summary(merged));
    }
    return ExitCode.OK;
  }

  private Interchange merged() {
    Progress progress =
        new Progress(spec.commandLine().getErr(), InstantSource.system(), "files", files.size());
    List<Interchange> all = new ArrayList<>();
    for (String file : files) {
      progress.at(all.size(), "Reading");
      Interchange next = InterchangeFile.read(file);
      if (!all.isEmpty()) {
        requireSameChain(file, next, all.getFirst());
      }
      all.add(next);
    }
    return Interchange.merged(all, minify ? Strategy.MINIMAL : Strategy.COMPLETE);
  }

  private void requireSameChain(String file, Interchange next, Interchange first) {
    try {
      next.requireChain(first.genesisValidatorsRoot());
    } catch (InterchangeException otherChain) {
      throw new AurigaException(
          otherChain.errorCode(),
          "merge " + file + " with " + files.getFirst(),
          otherChain.problem(),
          otherChain);
    }
  }

  private String summary(Interchange merged) {
    long keys = merged.records().size();
    long blocks = merged.records().stream().mapToLong(one -> one.blocks().size()).sum();
    long votes = merged.records().stream().mapToLong(one -> one.attestations().size()).sum();
    return json
        ? JsonLine.of(
            line ->
                line.text("file", String.valueOf(output))
                    .number("keys", keys)
                    .number("blocks", blocks)
                    .number("attestations", votes))
        : "Wrote %s: %d keys, %d blocks, %d attestations.".formatted(output, keys, blocks, votes);
  }
}
