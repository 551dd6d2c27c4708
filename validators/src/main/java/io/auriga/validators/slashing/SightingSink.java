package io.auriga.validators.slashing;

/** Takes what was seen; never waits. */
interface SightingSink {
  /** Hands over what was seen; whether there was room for it. */
  boolean see(Sighting sighting);

  /** Says that votes could not be read, or that it is not known whose they are. */
  void unread(int aggregates);
}
