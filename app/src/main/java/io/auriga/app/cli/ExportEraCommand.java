package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraExport;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.types.AurigaException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga history export-era}: eras from a beacon node to files. */
@Command(
    name = "export-era",
    description = {
      "Writes final eras of the chain from a beacon node to era files (e2store), one file an era:"
          + " its blocks, and the state that proves them. Every block is checked against the state"
          + " by its root. An era whose file is there already is left alone, so that an export that"
          + " was interrupted goes on when it is started again.",
      "",
      "The node must keep the states of those eras (an archive node) and serve its debug API. One"
          + " state is held in memory at a time: about 350 MB on mainnet.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every era asked for is in a file",
      "2:The command line or the configuration is wrong; nothing was done",
      "4:An era is not final, or the node or the disk failed; eras before it are in files"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga history export-era --consensus http://localhost:5052 --era 1400 --output eras",
      "  auriga history export-era --consensus http://localhost:5052 --from 1400 --output eras"
    })
final class ExportEraCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NodeOptions nodes = new NodeOptions();

  @Option(
      names = "--era",
      paramLabel = "N",
      description = "One era: the one that ends with slot N times 8,192 (on mainnet).")
  private @Nullable Long era;

  @Option(names = "--from", paramLabel = "N", description = "The first era of a range.")
  private @Nullable Long from;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "The last era of the range; by default the last one that is final.")
  private @Nullable Long to;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "Where the files go; the folder is made if it is not there.")
  private Path output = Path.of("");

  @Option(names = "--json", description = "One JSON object an era, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** Eras, both ends included. */
  private record Range(long first, long last) {
    long count() {
      return last - first + 1;
    }
  }

  @Override
  public Integer call() {
    requireRange();
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty()) {
      throw usage("no consensus node is given: name one with --consensus URL");
    }
    makeFolder();
    try (Nodes connected = new Nodes(loaded.consensus(), loaded.execution())) {
      NetworkCheck.Network network = NetworkCheck.require(connected.beacons(), List.of());
      EraExport export =
          new EraExport(
              new FailoverBeaconNode(connected.beaconsOf(network)),
              connected.statesOf(network),
              EraChain.of(network.spec(), network.genesis().validatorsRoot()),
              output);
      export(export, range(export));
    }
    return ExitCode.OK;
  }

  private void requireRange() {
    if ((era == null) == (from == null)) {
      throw usage("give --era N, or --from N and perhaps --to N");
    }
    if (era != null && to != null) {
      throw usage("--to belongs to --from");
    }
    long first = era != null ? era : from != null ? from : 0;
    if (first < 0 || (to != null && to < first)) {
      throw usage("eras count from 0, and a range goes up");
    }
  }

  private Range range(EraExport export) {
    if (era != null) {
      return new Range(era, era);
    }
    long first = from == null ? 0 : from;
    return new Range(first, to == null ? Math.max(first, export.lastFinalEra()) : to);
  }

  private static AurigaException usage(String problem) {
    return new AurigaException(CliError.USAGE, "export eras", problem);
  }

  private void makeFolder() {
    try {
      Files.createDirectories(output);
    } catch (IOException failure) {
      throw new AurigaException(
          CliError.OUTPUT, "make the folder " + output, String.valueOf(failure), failure);
    }
  }

  private void export(EraExport export, Range range) {
    PrintWriter out = spec.commandLine().getOut();
    Progress progress =
        new Progress(spec.commandLine().getErr(), InstantSource.system(), "eras", range.count());
    for (long at = range.first(); at <= range.last(); at++) {
      long done = at - range.first();
      Optional<Path> present = export.present(at);
      String name = "era " + at;
      Path file =
          present.isPresent()
              ? present.get()
              : export.write(
                  at,
                  (blocks, total) ->
                      progress.at(
                          done + (double) blocks / total,
                          name + ": " + blocks + " of " + total + " blocks"));
      out.println(line(at, file, present.isPresent()));
      out.flush();
    }
  }

  private String line(long number, Path file, boolean present) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException failure) {
      throw new AurigaException(
          CliError.OUTPUT, "look at " + file, String.valueOf(failure), failure);
    }
    return json
        ? JsonLine.of(
            line ->
                line.text("era", Long.toString(number))
                    .text("file", file.toString())
                    .number("bytes", bytes)
                    .text("status", present ? "present" : "written"))
        : "era %d: %s %s, %.1f MB"
            .formatted(number, present ? "was in" : "is in", file, bytes / 1e6);
  }
}
