package io.auriga.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auriga.clients.Answers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class HedgeTest {
  private final Hedge hedge = new Hedge(2);
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicInteger calledOff = new AtomicInteger();

  /** Lets the first node be known as one that answers at once. */
  private void learn() {
    for (int i = 0; i < 30; i++) {
      assertThat(first(_ -> "at once")).isEqualTo(0);
    }
  }

  private int first(IntFunction<String> question) {
    try (Answers<String> answers = hedge.ask(question)) {
      return answers.next().position();
    }
  }

  /** As an exchange does that is interrupted. */
  private String hang() {
    try {
      never.await();
      throw new AssertionError("never");
    } catch (InterruptedException stopped) {
      calledOff.incrementAndGet();
      Thread.currentThread().interrupt();
      throw new NodeException(ClientError.INTERRUPTED, "first", "read it", "interrupted");
    }
  }

  @Test
  void asksOneNodeAloneOnTheCallersThreadUntilItsTimesAreKnown() {
    Thread caller = Thread.currentThread();
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      first(
          _ -> {
            asking.add(Thread.currentThread());
            return "answer";
          });
    }
    assertThat(asking).hasSize(20).containsOnly(caller);
  }

  @Test
  void asksTheNextNodeAsWellWhereOneIsSlowerThanItUsuallyIsAndCallsTheSlowOneOff() {
    learn();
    assertThat(first(node -> node == 0 ? hang() : "the other")).isEqualTo(1);
    await().untilAtomic(calledOff, count -> assertThat(count).isEqualTo(1));
    assertThat(hedge.asked()).isEqualTo(1);
    assertThat(hedge.won()).isEqualTo(1);
  }

  @Test
  void hearsTheSlowOneTooWhereTheOtherDoesNotHaveIt() {
    learn();
    CountDownLatch otherAnswered = new CountDownLatch(1);
    List<Integer> order = new ArrayList<>();
    try (Answers<String> answers =
        hedge.ask(
            node -> {
              if (node == 0) {
                awaitLatch(otherAnswered);
                return "has it";
              }
              return "has it not";
            })) {
      while (answers.hasNext()) {
        Answer<String> answer = answers.next();
        order.add(answer.position());
        assertThat(answer.result().get())
            .isEqualTo(answer.position() == 0 ? "has it" : "has it not");
        otherAnswered.countDown();
      }
    }
    assertThat(order).containsExactly(1, 0);
  }

  @Test
  void asksTheNextNodeAfterAFailureAndTellsBoth() {
    learn();
    NodeException refused =
        new NodeException(ClientError.UNREACHABLE, "first", "read it", "the test wants it so");
    try (Answers<String> answers =
        hedge.ask(
            node -> {
              if (node == 0) {
                throw refused;
              }
              return "answer";
            })) {
      Answer<String> failed = answers.next();
      assertThat(failed.position()).isZero();
      assertThatThrownBy(failed.result()::get).isSameAs(refused);
      assertThat(answers.next().result().get()).isEqualTo("answer");
      assertThat(answers.hasNext()).isFalse();
    }
    assertThat(hedge.asked()).isZero();
  }

  @Test
  void asksTwiceNoMoreThanOneQuestionInTenAfterTenAtFirst() {
    for (int i = 0; i < 10; i++) {
      assertThat(hedge.spend()).isTrue();
    }
    assertThat(hedge.spend()).isFalse();
    for (int i = 0; i < 9; i++) {
      first(_ -> "answer");
    }
    assertThat(hedge.spend()).isFalse();
    first(_ -> "answer");
    first(_ -> "answer");
    assertThat(hedge.spend()).isTrue();
    assertThat(hedge.spend()).isFalse();
  }

  @Test
  void endsAtOnceWhenTheCallerIsInterruptedAndKeepsThatKnown() throws Exception {
    learn();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    CountDownLatch asked = new CountDownLatch(2);
    FutureTask<Answer<String>> task =
        new FutureTask<>(
            () -> {
              try (Answers<String> answers =
                  hedge.ask(
                      _ -> {
                        asked.countDown();
                        return hang();
                      })) {
                Answer<String> answer = answers.next();
                stillInterrupted.set(Thread.currentThread().isInterrupted());
                return answer;
              }
            });
    Thread caller = Thread.ofVirtual().start(task);
    asked.await();
    caller.interrupt();
    Answer<String> answer = task.get();
    assertThatThrownBy(answer.result()::get)
        .isInstanceOfSatisfying(
            NodeException.class,
            failed -> assertThat(failed.error()).isEqualTo(ClientError.INTERRUPTED));
    assertThat(stillInterrupted).isTrue();
    await().untilAtomic(calledOff, count -> assertThat(count).isEqualTo(2));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
