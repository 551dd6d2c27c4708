package io.auriga.app.follow;

/** The process ends here, as far as the follower can tell: nothing may catch it. */
final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1;

  SimulatedCrash(String where) {
    super("simulated crash " + where);
  }
}
