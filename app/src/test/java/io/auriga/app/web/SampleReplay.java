package io.auriga.app.web;

/** A replay's controls that only remember what they were set to. */
final class SampleReplay implements ReplayControl {
  private volatile double speed = 1;
  private volatile boolean paused;

  @Override
  public double speed() {
    return speed;
  }

  @Override
  public void speed(double factor) {
    speed = factor;
  }

  @Override
  public boolean paused() {
    return paused;
  }

  @Override
  public void pause(boolean pause) {
    paused = pause;
  }
}
