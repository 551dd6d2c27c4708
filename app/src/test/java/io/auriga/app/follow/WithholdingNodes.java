package io.auriga.app.follow;

import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.StartPoint;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockId;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.simulation.SimulatedBeaconNode;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulatedExecutionNode;
import io.auriga.testkit.simulation.Trouble;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A follower with a real ledger, and nodes in this process that may hold back what they know. */
final class WithholdingNodes implements AutoCloseable {
  final SimulatedChain chain;
  final SteppedClock clock;
  final WithholdingBeaconNode beacon;
  final WithholdingExecutionNode execution;
  final FragileStore ledger;
  final Store store;
  final WithdrawalQueries queries;
  final List<AurigaException> refusals = Collections.synchronizedList(new ArrayList<>());
  private @Nullable Follower follower;

  WithholdingNodes(SimulatedChain chain, Path folder) {
    this.chain = chain;
    this.clock = new SteppedClock(chain.startOf(new Slot(0)));
    this.beacon = new WithholdingBeaconNode(beaconAt(clock));
    this.execution =
        new WithholdingExecutionNode(
            new SimulatedExecutionNode("execution", chain, clock, Trouble.none()));
    this.store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS);
    this.ledger = new FragileStore(new WithdrawalLedger(store));
    this.queries = new WithdrawalQueries(store);
  }

  /** Another follower, as after a restart. */
  Follower follow(StartPoint start) {
    close(follower);
    FollowerListener listener =
        new FollowerListener() {
          @Override
          public void refused(AurigaException failure) {
            refusals.add(failure);
          }
        };
    Follower made =
        new Follower(
            new FollowerConfig(start, 16, 64, Duration.ZERO, Duration.ofHours(1)),
            beacon,
            new BlockSource(
                List.of(beacon),
                List.of(execution),
                BlockSchemas.of(chain.spec()),
                chain.spec(),
                clock,
                listener::refused),
            ledger,
            chain.spec(),
            SlotClock.of(chain.spec(), chain.genesis(), clock),
            listener);
    follower = made;
    return made;
  }

  /** A node that is as far as its clock. */
  BeaconNode beaconAt(SteppedClock time) {
    return new SimulatedBeaconNode("beacon", chain, time, Trouble.none());
  }

  /** The end of the slot, when its block has long been known. */
  void at(long slot) {
    clock.advanceTo(chain.startOf(new Slot(slot + 1)).minusMillis(1));
  }

  /** Blocks of such slots, however they are named. */
  Predicate<BlockId> ofSlots(LongPredicate slots) {
    return id ->
        switch (id) {
          case BlockId.BySlot(Slot slot) -> slots.test(slot.value());
          case BlockId.ByRoot(var root) ->
              chain
                  .block(root)
                  .map(SimulatedBlock::slot)
                  .filter(slot -> slots.test(slot.value()))
                  .isPresent();
          case BlockId.Head(), BlockId.Finalized(), BlockId.Justified(), BlockId.Genesis() -> false;
        };
  }

  private static void close(@Nullable Follower follower) {
    if (follower != null) {
      follower.close();
    }
  }

  @Override
  public void close() {
    close(follower);
    store.close();
  }
}
