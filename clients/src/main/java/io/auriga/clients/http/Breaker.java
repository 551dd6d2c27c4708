package io.auriga.clients.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Leaves an endpoint alone for a while after several failures in a row; then lets one request try.
 * Guarded by its own monitor.
 */
final class Breaker {
  private final int failuresToOpen;
  private final Duration coolDown;
  private final InstantSource time;

  private int failures;
  private @Nullable Instant closedUntil;
  private boolean probing;
  private String lastFailure = "";

  Breaker(int failuresToOpen, Duration coolDown, InstantSource time) {
    this.failuresToOpen = failuresToOpen;
    this.coolDown = coolDown;
    this.time = time;
  }

  /** Whether a request may go out now; the caller must then report how it ended. */
  synchronized boolean tryEnter() {
    if (closedUntil == null) {
      return true;
    }
    if (probing || time.instant().isBefore(closedUntil)) {
      return false;
    }
    probing = true;
    return true;
  }

  synchronized void succeeded() {
    failures = 0;
    closedUntil = null;
    probing = false;
  }

  synchronized void failed(String how) {
    lastFailure = how;
    failures++;
    if (probing || failures >= failuresToOpen) {
      closedUntil = time.instant().plus(coolDown);
    }
    probing = false;
  }

  /** The request ended without saying anything about the endpoint. */
  synchronized void abandoned() {
    probing = false;
  }

  synchronized String state() {
    return failures + " failures in a row, the last: " + lastFailure;
  }
}
