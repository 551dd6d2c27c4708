package io.auriga.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final Lifecycle lifecycle = new Lifecycle(Duration.ofSeconds(20));

  private AutoCloseable part(String name) {
    return () -> events.add("close " + name);
  }

  @Test
  void closesInReverseOrderAndOnlyOnce() {
    assertThat(lifecycle.open("store", () -> part("store"))).isNotNull();
    lifecycle.add("server", part("server"));
    lifecycle.close();
    lifecycle.close();
    assertThat(events).containsExactly("close server", "close store");
  }

  @Test
  void closesWhatWasOpenedWhenALaterPartCannotOpen() {
    assertThatThrownBy(
            () -> {
              try (lifecycle) {
                lifecycle.add("store", part("store"));
                lifecycle.open(
                    "server",
                    () -> {
                      throw new IllegalArgumentException("port taken");
                    });
              }
            })
        .hasMessage("port taken");
    assertThat(events).containsExactly("close store");
  }

  @Test
  void goesOnWhenAPartFailsToCloseOrHangs() {
    Lifecycle impatient = new Lifecycle(Duration.ofMillis(50));
    CountDownLatch never = new CountDownLatch(1);
    impatient.add("store", part("store"));
    impatient.add("hanging", never::await);
    impatient.add(
        "failing",
        () -> {
          throw new IllegalStateException("planned");
        });
    impatient.close();
    assertThat(events).containsExactly("close store");
  }

  @Test
  void opensNothingWhileItEnds() {
    lifecycle.close();
    assertThatIllegalStateException().isThrownBy(() -> lifecycle.open("late", () -> part("late")));
    lifecycle.add("later", part("later"));
    assertThat(events).containsExactly("close later");
  }

  @Test
  void wakesWhoWaitsForTheEnd() throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    lifecycle.awaitStop();
                    events.add("woken");
                  } catch (InterruptedException unexpected) {
                    events.add("interrupted");
                  }
                });
    lifecycle.requestStop();
    assertThat(waiting.join(Duration.ofSeconds(30))).isTrue();
    assertThat(events).containsExactly("woken");
  }

  @Test
  void closesEverythingBeforeTheProcessEndsAtASignal() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Waiting.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("ready");
      assertThat(process.toHandle().destroy()).isTrue();
      List<String> rest = output.lines().toList();
      assertThat(rest).contains("closed server", "closed store");
      assertThat(rest.indexOf("closed server")).isLessThan(rest.indexOf("closed store"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Opens two parts and waits for its end. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (Lifecycle lifecycle = new Lifecycle(Duration.ofSeconds(10))) {
        lifecycle.closeOnSignal();
        lifecycle.add("store", () -> System.out.println("closed store"));
        lifecycle.add("server", () -> System.out.println("closed server"));
        System.out.println("ready");
        lifecycle.awaitStop();
      }
    }
  }
}
