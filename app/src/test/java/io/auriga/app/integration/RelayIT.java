package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
 * A live chain whose beacon node reaches its execution node through the relay alone: the relay's
 * secret towards the one is not the other's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RelayIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CALLS = "auriga_relay_calls_total";
  private static final String STATUS = "auriga_relay_payload_status_total";

  private Devnet devnet;
  private RelayProcess relay;
  private BeaconReader beacon;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Devnet.requireInstalled();
    Launcher.requireBuilt();
    devnet = Devnet.prepare(Project.root().resolve("target/integration/relay-devnet"));
    Path engineSecret = secret(folder.resolve("engine.hex"), 1);
    Path secret = secret(folder.resolve("relay.hex"), 2);
    relay = new RelayProcess(folder, devnet.engine(), engineSecret, secret);
    relay.startUntilReady();
    devnet.start("--jwt=" + engineSecret, "--engine=" + relay.uri(), "--engineJwt=" + secret);
    beacon = new BeaconReader(devnet.consensus());
  }

  @AfterAll
  void stop() {
    List<AutoCloseable> open = new ArrayList<>();
    for (AutoCloseable each : new AutoCloseable[] {devnet, relay}) {
      if (each != null) {
        open.add(each);
      }
    }
    open.forEach(
        each -> {
          try {
            each.close();
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });
  }

  @Test
  @Order(1)
  void theChainGrowsThroughTheRelayAlone() {
    awaitBlocks(3);
    assertThat(relay.count(STATUS, "engine_newPayloadV2", "VALID")).isGreaterThanOrEqualTo(3);
    assertThat(relay.count(STATUS, "engine_forkchoiceUpdatedV2", "VALID")).isPositive();
    assertThat(relay.count(CALLS, "engine_getPayloadV2", "answered")).isPositive();
    assertThat(relay.count(CALLS, "outcome=\"broken_answer\"")).isZero();
    assertThat(relay.count("auriga_relay_observations_lost_total", "")).isZero();
    assertThat(relay.count("auriga_relay_refused_total", "UNAUTHORIZED")).isZero();
  }

  @Test
  @Order(2)
  void goesOnAfterARestartOfTheExecutionNode() throws Exception {
    devnet.stop("el");
    patiently("the relay to see it").until(() -> relay.count(CALLS, "unreachable") > 0);
    devnet.restart("el");
    awaitBlocks(2);
  }

  @Test
  @Order(3)
  void goesOnAfterTheRelayWasKilled() throws Exception {
    relay.kill();
    relay.startUntilReady();
    awaitBlocks(3);
    assertThat(relay.count(STATUS, "engine_newPayloadV2", "VALID")).isPositive();
  }

  @Test
  @Order(4)
  void goesOnAfterARestartOfTheValidators() throws Exception {
    devnet.stop("validator");
    devnet.restart("validator");
    awaitBlocks(2);
  }

  private void awaitBlocks(int count) {
    long before = beacon.head().slot();
    patiently(count + " blocks").until(() -> beacon.head().slot() >= before + count);
  }

  private ConditionFactory patiently(String what) {
    return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(200));
  }

  private static Path secret(Path file, int seed) throws Exception {
    byte[] secret = new byte[32];
    new Random(seed).nextBytes(secret);
    Files.writeString(file, HexFormat.of().formatHex(secret));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
