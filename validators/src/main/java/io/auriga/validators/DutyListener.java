package io.auriga.validators;

import io.auriga.validators.accounting.EpochDuties;
import java.util.function.Consumer;

/** Is told of duties, on the thread of the {@link DutyWatch}. */
@FunctionalInterface
public interface DutyListener extends Consumer<EpochDuties> {
  /**
   * Whose turn it is to propose in the slots behind the head.
   *
   * @param proposers a validator for each slot of which it is known
   */
  default void upcoming(int[] proposers) {}
}
