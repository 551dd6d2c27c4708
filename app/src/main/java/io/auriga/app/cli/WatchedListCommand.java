package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.types.Address;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.Watched;
import io.auriga.validators.watched.WatchedValidator;
import java.io.PrintWriter;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga validators list}: who is watched. */
@Command(
    name = "list",
    description = {
      "Lists the validators that are watched, with their groups and labels: those that the"
          + " configuration names by index, key, address or file. Without a consensus node it knows"
          + " what 'auriga run' has learned.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga validators list --config auriga.yaml",
      "  auriga validators list --config auriga.yaml --label operator:acme --json",
      "  auriga validators list --set watch.files=keystores --consensus http://localhost:5052"
    })
final class WatchedListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "Only those with this label, such as operator:acme or group:north.")
  private @Nullable String label;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(nodes.settings());
    WatchList list = loaded.watch().read();
    Watched watched =
        WatchAccess.watched(loaded, list, new SearchProgress(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    List<WatchedValidator> validators =
        watched.validators().values().stream().filter(one -> wanted(one.labels())).toList();
    if (json) {
      validators.forEach(one -> out.println(line(one)));
      watched.pending().indices().stream()
          .filter(index -> wanted(list.indices().get(index)))
          .forEach(index -> out.println(pending("validatorIndex", index.toString())));
      watched.pending().keys().stream()
          .filter(key -> wanted(list.keys().get(key)))
          .forEach(key -> out.println(pending("pubkey", key.toHex())));
      watched.pending().addresses().stream()
          .filter(address -> wanted(list.addresses().get(address)))
          .forEach(address -> out.println(pending("withdrawalAddress", address.toHex())));
    } else {
      print(out, validators, watched);
    }
    return ExitCode.OK;
  }

  private boolean wanted(@Nullable SortedSet<Label> labels) {
    return label == null
        || (labels != null && labels.stream().map(Label::toString).anyMatch(label::equals));
  }

  private static String line(WatchedValidator one) {
    return JsonLine.of(
        line ->
            line.text("state", "known")
                .text("validatorIndex", one.index().toString())
                .text("pubkey", one.key().toHex())
                .text(
                    "withdrawalAddress",
                    one.credentials().address().map(Address::toHex).orElse(null))
                .text("group", one.group().orElse(null))
                .texts("labels", texts(one.labels())));
  }

  private static String pending(String name, String value) {
    return JsonLine.of(line -> line.text("state", "pending").text(name, value));
  }

  private static List<String> texts(SortedSet<Label> labels) {
    return labels.stream().filter(label -> !label.isGroup()).map(Label::toString).toList();
  }

  private static void print(PrintWriter out, List<WatchedValidator> validators, Watched watched) {
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.left("KEY"),
            TextTable.Column.left("GROUP"),
            TextTable.Column.left("LABELS"));
    for (WatchedValidator one : validators) {
      String key = one.key().toHex();
      table.add(
          one.index().toString(),
          key.substring(0, 10) + "…" + key.substring(key.length() - 4),
          one.group().orElse(""),
          texts(one.labels()).stream().collect(Collectors.joining(" ")));
    }
    table.print(out);
    out.printf(
        "%n%d watched; %d named that are not known to the chain, or not asked for yet.%n",
        validators.size(), watched.pending().count());
  }
}
