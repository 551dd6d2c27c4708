package io.auriga.clients;

import org.jspecify.annotations.Nullable;

/**
 * What the fakes of both sides share: a name, a count of questions, and failure at a test's wish.
 */
public abstract class FakeNode {
  private final String name;
  public @Nullable ClientError failure;
  public int asked;

  FakeNode(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  final void attempt(String what) {
    asked++;
    if (failure != null) {
      throw new NodeException(failure, name, what, "the test wants it so");
    }
  }
}
