package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.ValidatorIndex;
import java.util.function.Consumer;

/** Is told what validators of our own did, on the thread of the {@link SlashingWatch}. */
@FunctionalInterface
public interface OwnValidators {
  /** The doppelganger watch, and what is done about offences. */
  static OwnValidators of(DoppelgangerWatch doppelgangers, Consumer<Offence> danger) {
    return new OwnValidators() {
      @Override
      public void offended(Offence offence) {
        danger.accept(offence);
      }

      @Override
      public void voted(ValidatorIndex validator, AttestationData data, String where) {
        doppelgangers.voted(validator, data, where);
      }

      @Override
      public void proposed(Sighting.Proposed block) {
        doppelgangers.proposed(block);
      }

      @Override
      public void look() {
        doppelgangers.look();
      }
    };
  }

  /** A new offence. */
  void offended(Offence offence);

  /**
   * A vote that was not seen before.
   *
   * @param where it was seen, for a person
   */
  default void voted(ValidatorIndex validator, AttestationData data, String where) {}

  /** A block; it may come again. */
  default void proposed(Sighting.Proposed block) {}

  /** Called about once a second, and between sightings: must return at once, if nothing is due. */
  default void look() {}
}
