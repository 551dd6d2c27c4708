package io.auriga.validators.slashing;

import io.auriga.types.ValidatorIndex;
import java.io.IOException;

/**
 * One way to keep a validator of our own from signing on. It may be called again for the same stop
 * after a crash, and then gets the same id; it never signs anything.
 */
public interface StopAction {
  /** The stable name: {@code webhook}. */
  String name();

  /** What it does, for a dry run: {@code POST http://…}; holds no secret. */
  String description();

  /**
   * Does it, within a bounded time.
   *
   * @return what came of it, for a person
   * @throws IOException if it may not have worked; it is tried again a few times
   */
  String stop(Stop stop) throws IOException, InterruptedException;

  /**
   * What is to be stopped, and why.
   *
   * @param id the same in every attempt, so that a receiver can tell a repetition
   */
  record Stop(String id, ValidatorIndex validator, String reason) {}
}
