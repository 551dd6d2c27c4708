package io.auriga.runtime.http;

/** Answers a request. Runs on a virtual thread and may block, within the endpoint's time limit. */
@FunctionalInterface
public interface Handler {
  Response handle(Request request);
}
