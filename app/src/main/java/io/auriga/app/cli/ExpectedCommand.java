package io.auriga.app.cli;

import io.auriga.app.cli.verify.Network;
import io.auriga.app.cli.verify.PayloadFile;
import io.auriga.app.cli.verify.StateFile;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszException;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.withdrawals.expected.ExpectedWithdrawals;
import io.auriga.withdrawals.expected.ListDifference;
import io.auriga.withdrawals.expected.ValidatorStates;
import io.auriga.withdrawals.expected.WithdrawalRules;
import java.io.File;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals expected}: what must a block on this state carry? */
@Command(
    name = "expected",
    description = {
      "Computes which withdrawals a block must carry, from the beacon state that it meets, and"
          + " compares them with those that it does carry.",
      "",
      "The state is SSZ, as GET /eth/v2/debug/beacon/states/{id} answers it to 'Accept:"
          + " application/octet-stream'; files packed with gzip (.gz) and raw Snappy (.ssz_snappy)"
          + " are opened. The state of the block's parent does, as long as no epoch begins in"
          + " between: what an epoch's begin changes is not applied.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The list was computed, and the payload, if given, has the same",
      "1:The payload has another list",
      "2:The command line is wrong",
      "3:A file is unreadable; or the payload has another list, but an epoch begins between the"
          + " state and its block, so that this proves nothing"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals expected --state state.ssz.gz --fork electra --network mainnet",
      "  auriga withdrawals expected --state pre.ssz_snappy --fork capella --network minimal"
          + " --payload execution_payload.ssz_snappy --json",
      "  auriga withdrawals expected --state parent.ssz --fork fulu --network ./config.yaml"
          + " --payload block.ssz"
    })
final class ExpectedCommand implements Callable<Integer> {
  /** In bytes: half a second's work or so. */
  private static final long LARGE = 32 << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--state", paramLabel = "FILE", required = true, description = "The state.")
  private String state = "";

  @Option(
      names = "--fork",
      paramLabel = "FORK",
      required = true,
      description = "The state's fork: capella, deneb, electra or fulu.")
  private String fork = "";

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "mainnet, sepolia, holesky, hoodi, minimal (the preset of tests), or the path of a"
              + " config.yaml. Without it the limits of mainnet hold.")
  private @Nullable String network;

  @Option(
      names = "--slot",
      paramLabel = "SLOT",
      description =
          "The slot of the block, whose epoch counts; by default that of --payload, if it is a"
              + " beacon block, else the state's.")
  private @Nullable String slot;

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description =
          "What to compare with: an execution payload or a beacon block, as SSZ or JSON, or an"
              + " execution block, as JSON or RLP.")
  private @Nullable String payload;

  @Option(names = "--json", description = "One JSON object on one line.")
  private boolean json;

  @Override
  public Integer call() {
    ForkName named = fork();
    Network chosen = Network.of(network);
    ChainSpec chain = chosen.spec();
    WithdrawalRules rules = WithdrawalRules.of(chain, named);
    Optional<PayloadFile> carried =
        Optional.ofNullable(payload).map(file -> PayloadFile.read(file, chain, named));
    announce();
    BeaconStateView view = StateFile.read(state, chain, named);
    Slot at = slotOfBlock(carried, view.slot());
    boolean sameEpoch = chain.epochOf(at).equals(chain.epochOf(view.slot()));
    ExpectedWithdrawals expected;
    try {
      expected = rules.expected(ValidatorStates.of(view), chain.epochOf(at));
    } catch (SszException | ArithmeticException impossible) {
      throw new AurigaException(
          CliError.FILE_UNREADABLE,
          "compute the withdrawals from " + state,
          String.valueOf(impossible.getMessage()),
          impossible);
    }
    Optional<ListDifference> difference =
        carried.flatMap(file -> ListDifference.find(expected.withdrawals(), file.withdrawals()));
    ExpectedReport report =
        new ExpectedReport(view, at, sameEpoch, expected, carried.isPresent(), difference);
    foreignState(chosen, view, named).ifPresent(spec.commandLine().getErr()::println);
    print(report);
    return report.exitCode();
  }

  /** Of a file that takes seconds to read; a person should know what is waited for. */
  private void announce() {
    long size = new File(state).length();
    if (size >= LARGE) {
      spec.commandLine().getErr().println("Reading " + state + ", " + (size >> 20) + " MiB …");
    }
  }

  private void print(ExpectedReport report) {
    PrintWriter out = spec.commandLine().getOut();
    report.note().ifPresent(spec.commandLine().getErr()::println);
    if (json) {
      out.println(report.toJson());
    } else {
      report.print(out);
    }
  }

  private ForkName fork() {
    return ForkName.find(fork)
        .filter(ForkName::isSupported)
        .orElseThrow(
            () ->
                wrong(
                    "--fork "
                        + Hex.abbreviate(fork)
                        + " has no rules here; known are capella, deneb, electra and fulu"));
  }

  private Slot slotOfBlock(Optional<PayloadFile> carried, Slot ofState) {
    Optional<Slot> ofBlock = carried.flatMap(PayloadFile::slot);
    Optional<Slot> asked = askedSlot();
    if (asked.isPresent() && ofBlock.isPresent() && !asked.equals(ofBlock)) {
      throw wrong(
          "--slot is " + asked.get() + ", and the block of --payload is of slot " + ofBlock.get());
    }
    Slot at = asked.or(() -> ofBlock).orElse(ofState);
    if (at.isBefore(ofState)) {
      throw wrong(
          "the block is of slot "
              + at
              + ", and the state is later, of slot "
              + ofState
              + ": give the state before the block");
    }
    return at;
  }

  private Optional<Slot> askedSlot() {
    try {
      return Optional.ofNullable(slot).map(Slot::parseDecimal);
    } catch (IllegalArgumentException malformed) {
      throw wrong("--slot: " + malformed.getMessage());
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }

  /** The rules do not depend on a fork's version, but another one shows another network. */
  private static Optional<String> foreignState(
      Network network, BeaconStateView view, ForkName fork) {
    if (!network.hasSchedule()) {
      return Optional.empty();
    }
    return network.spec().forks().entries().stream()
        .filter(entry -> entry.fork().equals(Optional.of(fork)))
        .filter(entry -> !entry.version().equals(view.forkVersion()))
        .map(
            entry ->
                "Note: the state's fork version is "
                    + view.forkVersion()
                    + ", and "
                    + fork.lowerName()
                    + " on "
                    + network.spec().name()
                    + " has "
                    + entry.version()
                    + ": is it a state of another network?")
        .findFirst();
  }
}
