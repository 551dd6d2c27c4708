package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import io.auriga.app.integration.AurigaApi.Position;
import io.auriga.testkit.fault.Fault;
import io.auriga.testkit.fault.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One live chain of Lodestar and EthereumJS, to which things happen one after the other. Three
 * Aurigas follow it: one is left in peace, one sits behind proxies that break its connections, and
 * one is killed. In the end all must hold what the nodes say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveChainIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of the devnet's validators: has left, and has credentials that no sweep pays. */
  private static final long EXITED = 31;

  private static final long UNPAID = 3;
  private static final int KILLS = 10;
  private static final int SLOTS_OF_COMPETITION = 10;
  private static final int COMPETITIONS_MAX = 4;

  private final Figures figures = new Figures();
  private Devnet devnet;
  private BeaconReader beacon;
  private LedgerCheck check;
  private FaultProxy beaconProxy;
  private FaultProxy executionProxy;
  private AurigaProcess steady;
  private AurigaProcess guarded;
  private AurigaProcess killed;
  private Witness witness;
  private Evidence evidence;
  private Forecast forecast;
  private LoadedHistory loaded;
  private long firstCompeted = Long.MAX_VALUE;
  private long lastCompeted;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Devnet.requireInstalled();
    Launcher.requireBuilt();
    devnet = Devnet.start(Project.root().resolve("target/integration/devnet"));
    beacon = new BeaconReader(devnet.consensus());
    check = new LedgerCheck(beacon, new ExecutionReader(devnet.execution()));
    beaconProxy = FaultProxy.before(devnet.consensus());
    executionProxy = FaultProxy.before(devnet.execution());
    steady = new AurigaProcess("steady", folder, devnet.consensus(), devnet.execution());
    guarded = new AurigaProcess("guarded", folder, beaconProxy.uri(), executionProxy.uri());
    killed =
        new AurigaProcess(
            "killed", folder, devnet.consensus(), devnet.execution(), "--set", "batch.size=1");
    figures.add("from start to ready, empty store", Figures.millis(steady.startUntilReady()));
    evidence = new Evidence(steady, devnet.consensus(), devnet.execution(), folder);
    forecast = new Forecast(steady, devnet.consensus(), folder);
    loaded = new LoadedHistory(folder, devnet.consensus(), devnet.execution());
    witness = new Witness(devnet.consensus(), beacon, steady.api());
  }

  @AfterAll
  void stop() throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    for (AutoCloseable each :
        new AutoCloseable[] {
          witness, steady, guarded, killed, beaconProxy, executionProxy, devnet
        }) {
      if (each != null) {
        open.add(each);
      }
    }
    figures.print("live chain");
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  @Order(1)
  void followsTheChainOverJustificationToFinality() {
    witness.measure(true);
    patiently("something final").until(() -> steady.api().position().count("finalized") > 0);
    witness.measure(false);
    List<StoredWithdrawal> ledger = steady.api().export();
    assertThat(ledger).extracting(StoredWithdrawal::stage).contains("finalized", "execution");
    figures.add("withdrawals compared with both nodes", "" + check.requireEveryWithdrawal(ledger));
    int balances = check.requireBalances(ledger, _ -> false).compared();
    assertThat(balances).as("balances compared").isGreaterThan(ledger.size() / 2);
    figures.add("balances compared", "" + balances);
    LedgerCheck.requireStages(ledger);
    requireFinality(steady);
    assertThat(steady.api().position().problem()).isEmpty();
    figures.add("from the event to the noted consensus stage", witness.untilNoted(ledger));
    figures.add("from the event to the block in the REST interface", witness.untilShown());
    steady
        .megabytes("VmRSS")
        .ifPresent(mb -> figures.add("resident memory, following", mb + " MB"));
  }

  @Test
  @Order(2)
  void provesKindsAndBooksAndKnowsWhoIsPaidNext() throws Exception {
    long head = beacon.head().slot();
    Map<String, Long> kinds = evidence.requireKinds(head, Devnet.SLOTS_PER_EPOCH);
    assertThat(kinds).containsKeys("partial-sweep", "full");
    figures.add("kinds told, all as the node's validators say", "" + kinds);
    // EthereumJS keeps the states of its blocks, Lodestar those since what is final.
    long recent = Math.max(1, beacon.finalized().map(SeenBlock::slot).orElse(0L));
    figures.add("reconciled with both nodes", "" + evidence.requireTheBooksToBalance(recent, head));
    List<Forecast.Expected> predicted = forecast.ofGroup(List.of(9L, 17L, 25L));
    figures.add(
        "leaving now",
        forecast.requireExits(9, EXITED, UNPAID, beacon.head().slot() / Devnet.SLOTS_PER_EPOCH));
    evidence.requireStatement();
    List<String> outcomes = new ArrayList<>();
    for (Forecast.Expected one : predicted) {
      long came = forecast.nextPayment(one.validator(), one.head());
      outcomes.add("%d for %d".formatted(came, one.slot()));
      assertThat(came).as("%s", one).isBetween(one.low(), one.high());
    }
    figures.add("slots of payments that came for those predicted", "" + outcomes);
  }

  @Test
  @Order(3)
  void loadsByCommandWhatItFollowed() throws Exception {
    long last = beacon.finalized().orElseThrow().slot();
    figures.add(
        "kinds of loaded withdrawals", loaded.requireAsFollowed(1, last, steady.api().export()));
  }

  @Test
  @Order(4)
  void losesAndDoublesNothingWhenKilledAtRandomMoments() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("Seed of the kills on the live chain: " + seed);
    Killing killing = new Killing(killed, seed);
    for (int i = 0; i < KILLS; i++) {
      killing.once(Duration.ofSeconds(3), false);
    }
    assertThat(killing.livesThatAnswered()).as("lives that got to work").isPositive();
    figures.add(
        "kills, and how many at work", killing.lives() + ", " + killing.livesThatAnswered());
    figures.add("from start to ready, after kills", Figures.millis(killed.startUntilReady()));
    killing.requireNotBack(killed.api().position(), false);
    requireSettled(killed);
    assertThat(facts(killed)).containsAll(facts(steady, beacon.finalized().orElseThrow().slot()));
  }

  @Test
  @Order(5)
  void goesOnAfterSlotsWithoutBlocks() throws Exception {
    devnet.stop("validator");
    long last = beacon.head().slot();
    assertThat(steady.livesFor(Devnet.slots(4))).as(steady.logTail()).isTrue();
    devnet.restart("validator");
    patiently("blocks after the pause").until(() -> beacon.head().slot() > last + 2);
    requireSettled(steady);
    long next =
        beacon.chainTo(beacon.head().root()).stream()
            .mapToLong(SeenBlock::slot)
            .filter(slot -> slot > last)
            .min()
            .orElseThrow();
    assertThat(next - last).as("slots to the next block, with some missed").isGreaterThan(2);
    assertThat(steady.api().position().gaps()).isZero();
  }

  @Test
  @Order(6)
  void keepsWithdrawalsTheExecutionNodeCannotYetConfirm() throws Exception {
    guarded.startUntilReady();
    requireSettled(guarded);
    executionProxy.always(new Fault.Refuse());
    executionProxy.cutAll();
    patiently("withdrawals that only the consensus node has")
        .until(() -> guarded.api().position().count("consensus") >= 8);
    patiently("the failure to be shown")
        .until(() -> guarded.api().health("execution").equals(List.of("down")));
    List<StoredWithdrawal> waiting =
        guarded.api().export().stream().filter(row -> row.stage().equals("consensus")).toList();
    executionProxy.always(new Fault.None());
    requireSettled(guarded);
    List<StoredWithdrawal> ledger = guarded.api().export();
    for (StoredWithdrawal before : waiting) {
      assertThat(ledger)
          .filteredOn(row -> row.fact().equals(before.fact()))
          .singleElement()
          .satisfies(
              row ->
                  assertThat(row.times().execution().orElseThrow())
                      .isAfter(row.times().consensus()));
    }
    LedgerCheck.requireStages(ledger);
  }

  @Test
  @Order(7)
  void goesOnAfterARestartOfTheExecutionNode() throws Exception {
    devnet.stop("el");
    patiently("the failure to be shown")
        .until(() -> steady.api().health("execution").equals(List.of("down")));
    devnet.restart("el");
    long last = beacon.head().slot();
    patiently("new blocks").until(() -> beacon.head().slot() > last + 1);
    requireSettled(steady);
    assertThat(steady.api().health("execution")).containsExactly("up");
  }

  @Test
  @Order(8)
  void catchesUpWheneverTheBeaconNodesAnswersBreak() {
    beaconProxy.cutAll();
    requireSettled(guarded);
    for (Fault fault :
        List.of(
            new Fault.Hang(),
            new Fault.Drip(Duration.ofMillis(1)),
            new Fault.TruncateAfter(300),
            new Fault.GarbageAfter(200, 64, 7),
            new Fault.CutAfter(400))) {
      long before = beacon.head().slot();
      beaconProxy.always(fault);
      beaconProxy.cutAll();
      patiently("the chain to go on").until(() -> beacon.head().slot() > before + 2);
      assertThat(guarded.isAlive()).as(guarded.logTail()).isTrue();
      beaconProxy.always(new Fault.None());
      beaconProxy.cutAll();
      requireSettled(guarded);
    }
    LedgerCheck.requireStages(guarded.api().export());
  }

  @Test
  @Order(9)
  void keepsAndFlagsWhatRealReorgsUndo() throws Exception {
    int competitions = 0;
    firstCompeted = beacon.head().slot() + 1;
    while (steady.api().position().count("orphaned") == 0 && competitions < COMPETITIONS_MAX) {
      var _ = devnet.compete(SLOTS_OF_COMPETITION);
      competitions++;
      lastCompeted = beacon.head().slot();
    }
    Position position = steady.api().position();
    figures.add(
        "real reorgs, withdrawals orphaned", position.reorgs() + ", " + position.count("orphaned"));
    assertThat(position.reorgs()).as("reorgs in %d competitions", competitions).isPositive();
    assertThat(position.count("orphaned")).isPositive();
    requireSettled(steady);
    check.requireOrphans(steady.api().export());
  }

  @Test
  @Order(10)
  void allEndWithTheNodesChain() throws Exception {
    long reorged = beacon.head().slot();
    patiently("finality behind all that happened")
        .until(() -> beacon.finalized().map(SeenBlock::slot).orElse(0L) > reorged);
    for (AurigaProcess auriga : List.of(steady, guarded, killed)) {
      patiently("its finality").until(() -> auriga.api().position().finalizedSlot() > reorged);
      requireSettled(auriga);
      requireFinality(auriga);
      List<StoredWithdrawal> ledger = auriga.api().export();
      check.requireOrphans(ledger);
      LedgerCheck.requireStages(ledger);
      assertThat(ledger.stream().filter(row -> row.canonical() && row.slot() <= reorged))
          .allMatch(row -> row.stage().equals("finalized"));
      assertThat(auriga.api().position().gaps()).isZero();
    }
    List<StoredWithdrawal> ledger = steady.api().export();
    figures.add("withdrawals at the end", "" + check.requireEveryWithdrawal(ledger));
    LedgerCheck.Balances balances =
        check.requireBalances(ledger, slot -> slot >= firstCompeted && slot <= lastCompeted);
    assertThat(balances.compared()).as("balances compared").isGreaterThan(ledger.size() / 2);
    figures.add("balances compared at the end", "" + balances.compared());
    figures.add("blocks that the node miscredited", "" + balances.miscredited());
    assertThat(facts(guarded, reorged)).isEqualTo(facts(steady, reorged));
    assertThat(facts(killed, reorged)).isEqualTo(facts(steady, reorged));
    steady.megabytes("VmRSS").ifPresent(mb -> figures.add("resident memory, end", mb + " MB"));
    steady.megabytes("VmHWM").ifPresent(mb -> figures.add("resident memory, most", mb + " MB"));
    assertThat(steady.interrupt()).as("exit code after Ctrl-C").isIn(0, 130);
  }

  /** Up to the node's head, every withdrawal confirmed and equal to what both nodes say. */
  private void requireSettled(AurigaProcess auriga) {
    patiently("agreement with the nodes")
        .untilAsserted(
            () -> {
              auriga.requireAlive();
              Position position = auriga.api().position();
              assertThat(position.problem()).isEmpty();
              assertThat(position.headRoot()).isEqualTo(beacon.root("head"));
              List<StoredWithdrawal> ledger = auriga.api().export();
              assertThat(ledger).noneMatch(row -> row.stage().equals("consensus"));
              int _ = check.requireEveryWithdrawal(ledger);
            });
  }

  private void requireFinality(AurigaProcess auriga) {
    SeenBlock finalized = beacon.finalized().orElseThrow();
    patiently("the node's finality")
        .until(() -> auriga.api().position().finalizedSlot() >= finalized.slot());
    check.requireFinality(auriga.api().export(), finalized);
  }

  private static List<String> facts(AurigaProcess auriga) {
    return facts(auriga, Long.MAX_VALUE);
  }

  private static List<String> facts(AurigaProcess auriga, long upToSlot) {
    return auriga.api().export().stream()
        .filter(row -> row.canonical() && row.slot() <= upToSlot)
        .map(StoredWithdrawal::fact)
        .toList();
  }

  private static ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(250));
  }
}
