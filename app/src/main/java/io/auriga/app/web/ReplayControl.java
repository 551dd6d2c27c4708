package io.auriga.app.web;

/** The hand on a replay: how fast its clock runs. Safe for several threads. */
public interface ReplayControl {
  /** Seconds of the recording in a second; what it goes on with after a pause. */
  double speed();

  void speed(double factor);

  boolean paused();

  void pause(boolean pause);
}
