package io.auriga.testkit.duties;

import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Lets the committees of one slot vote: most as they should, some otherwise, some not at all. */
final class SlotVoters {
  private static final int LATE_MAX = 9;

  private final DutyPlan plan;
  private final Random random;

  SlotVoters(DutyPlan plan, Random random) {
    this.plan = plan;
    this.random = random;
  }

  /**
   * The votes of a slot.
   *
   * @param head what is voted for
   * @param sizes of the committees
   */
  List<VoteGroup> votes(Slot slot, DutyBlock head, int[] sizes) {
    ChainSpec spec = plan.spec();
    Epoch epoch = spec.epochOf(slot);
    Root target = head.at(spec.startSlotOf(epoch).value()).ref().root();
    Root headRoot = head.ref().root();
    Root other = head.back(1).ref().root();
    long next = slot.value() + 1;
    VoteGroup good = VoteGroup.empty(data(slot, headRoot, epoch, target), sizes, next);
    VoteGroup late = VoteGroup.empty(good.data(), sizes, next + 1 + random.nextInt(LATE_MAX));
    VoteGroup oldHead = VoteGroup.empty(data(slot, other, epoch, target), sizes, next);
    VoteGroup wrongTarget =
        VoteGroup.empty(data(slot, headRoot, epoch, random(random)), sizes, next);
    for (int committee = 0; committee < sizes.length; committee++) {
      for (int member = 0; member < sizes[committee]; member++) {
        VoteGroup group = pick(good, late, oldHead, wrongTarget);
        if (group != null) {
          group.votes()[committee].set(member);
        }
      }
    }
    List<VoteGroup> groups = new ArrayList<>(List.of(good, late, oldHead, wrongTarget));
    groups.removeIf(VoteGroup::isEmpty);
    return groups;
  }

  private @Nullable VoteGroup pick(
      VoteGroup good, VoteGroup late, VoteGroup oldHead, VoteGroup wrongTarget) {
    double chance = random.nextDouble();
    if (chance < plan.missing()) {
      return null;
    }
    double odd = chance - plan.missing();
    if (odd < plan.odd()) {
      return late;
    }
    if (odd < 2 * plan.odd()) {
      return oldHead;
    }
    return odd < 3 * plan.odd() ? wrongTarget : good;
  }

  private static AttestationData data(Slot slot, Root head, Epoch epoch, Root target) {
    Checkpoint source = new Checkpoint(new Epoch(Math.max(0, epoch.value() - 1)), Root.ZERO);
    return new AttestationData(slot, 0, head, source, new Checkpoint(epoch, target));
  }

  static Root random(Random random) {
    byte[] bytes = new byte[Root.LENGTH];
    random.nextBytes(bytes);
    return Root.of(bytes);
  }
}
