package io.auriga.validators;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.accounting.CommitteeShelf;
import io.auriga.validators.accounting.EpochDuties;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On the generated chain, by a node that a test makes fail. */
class DutyWatchTest {
  private final Recording recording =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."))
              .resolve("recordings/minimal-capella-to-fulu"));
  private final ChainSpec spec = recording.spec();
  private final List<ChainBlock> chain = canonical();
  private final Node node = new Node();
  private final TreeMap<Long, EpochDuties> published = new TreeMap<>();
  private Instant now = Instant.EPOCH;
  private boolean wanted = true;
  private final DutyWatch watch =
      new DutyWatch(
          spec,
          new SlotClock(Instant.EPOCH, Duration.ofSeconds(6), () -> now),
          node,
          node,
          () -> wanted,
          duties -> published.put(duties.epoch().value(), duties),
          new CommitteeShelf());

  private List<ChainBlock> canonical() {
    return recording.timeline().after(recording.timeline().events().size()).canonical().stream()
        .map(this::block)
        .toList();
  }

  private ChainBlock block(RecordedBlock block) {
    return new ChainBlock(
        SignedBlockView.of(BlockSchemas.of(spec), block.fork(), block.ssz()),
        block.root(),
        new BlockNumber(0),
        BlockHash.of(new byte[32]),
        Root.of(new byte[32]),
        List.of(),
        false,
        Instant.EPOCH,
        Optional.empty());
  }

  /** The follower commits blocks of the chain one by one, from a slot up to another. */
  private void follow(long from, long to) {
    for (ChainBlock block : chain) {
      long slot = block.view().slot().value();
      if (slot >= from && slot <= to) {
        now = Instant.EPOCH.plusSeconds(6 * slot);
        node.head = block;
        watch.take(ChainUpdate.ofBlocks(now, List.of(), List.of(block)));
      }
    }
  }

  /** A node that has every state, and says of them what it is told to. */
  private final class Node implements BeaconStates, BeaconDuties {
    private final Map<Root, ChainBlock> byStateRoot = new HashMap<>();
    private @Nullable ChainBlock head;
    private int statesAsked;
    private boolean down;
    private boolean huge;
    private boolean lying;
    private boolean knowsNobody;

    Node() {
      chain.forEach(block -> byStateRoot.put(block.view().stateRoot(), block));
    }

    private RecordedState after(ChainBlock block) {
      return recording.states().after(block.root()).orElseThrow();
    }

    @Override
    public String name() {
      return "node";
    }

    @Override
    public Optional<StateAnswer<StateBytes>> state(StateId id) {
      statesAsked++;
      if (down) {
        throw new NodeException(ClientError.UNREACHABLE, name(), "read a state", "it is down");
      }
      if (huge) {
        throw new NodeException(ClientError.TOO_LARGE, name(), "read a state", "it is too large");
      }
      ChainBlock block = Objects.requireNonNull(byStateRoot.get(((StateId.ByRoot) id).stateRoot()));
      RecordedState state = after(lying ? chain.getFirst() : block);
      return Optional.of(
          new StateAnswer<>(
              new StateBytes(Optional.of(state.fork()), block.view().slot(), state.ssz()),
              false,
              false));
    }

    @Override
    public Optional<List<Validator>> changing() {
      if (knowsNobody) {
        return Optional.empty();
      }
      RecordedState recorded = after(Objects.requireNonNull(head));
      BeaconStateView state =
          BeaconStateView.of(StateSchemas.of(spec), recorded.fork(), recorded.ssz());
      List<Validator> all = new ArrayList<>();
      for (int i = 0; i < state.validatorCount(); i++) {
        all.add(
            new Validator(
                new ValidatorIndex(i),
                BlsPublicKey.of(new byte[BlsPublicKey.LENGTH]),
                WithdrawalCredentials.of(Root.of(new byte[32])),
                new Gwei(0),
                new Gwei(0),
                false,
                new Validator.Life(
                    Epoch.FAR_FUTURE,
                    new Epoch(state.activationEpoch(i)),
                    new Epoch(state.exitEpoch(i)),
                    Epoch.FAR_FUTURE)));
      }
      return Optional.of(all);
    }

    @Override
    public Optional<List<ProposerDuty>> proposers(Epoch epoch) {
      return Optional.of(List.of(new ProposerDuty(spec.startSlotOf(epoch), new ValidatorIndex(3))));
    }

    @Override
    public Optional<StateAnswer<List<Validator>>> validators(
        StateId state, Collection<ValidatorId> ids) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PendingPartials pendingPartialWithdrawals(StateId state) {
      throw new UnsupportedOperationException();
    }
  }

  private long lastSlot() {
    return chain.getLast().view().slot().value();
  }

  @Test
  void countsTheSameWhereverItBegins() {
    follow(1, lastSlot());
    Map<Long, EpochDuties> early = new TreeMap<>(published);
    published.clear();
    DutyWatchTest other = new DutyWatchTest();
    other.follow(40, lastSlot());
    assertThat(other.published).hasSizeGreaterThan(5).doesNotContainKey(4L);
    other.published.forEach(
        (epoch, duties) ->
            assertThat(duties.network())
                .as("epoch " + epoch)
                .isEqualTo(Objects.requireNonNull(early.get(epoch)).network()));
    assertThat(other.published.values()).allMatch(duties -> duties.refused() == 0);
    assertThat(node.statesAsked).isEqualTo(1);
  }

  @Test
  void asksNoNodeWhileNobodyIsWatched() {
    wanted = false;
    follow(1, 60);
    assertThat(node.statesAsked).isZero();
    wanted = true;
    follow(61, 100);
    assertThat(published).isNotEmpty();
  }

  @Test
  void waitsForANodeThatAnswersAndDoesNotBelieveAnotherState() {
    node.down = true;
    follow(1, 20);
    node.down = false;
    node.lying = true;
    follow(21, 40);
    assertThat(published).isEmpty();
    assertThat(node.statesAsked).as("ever less often").isLessThan(8);
    node.lying = false;
    follow(41, lastSlot());
    assertThat(published).isNotEmpty().doesNotContainKey(4L);
  }

  @Test
  void goesOnWithoutCountingWhileTheStateIsTooLargeForItsMemory() {
    node.huge = true;
    follow(1, 40);
    assertThat(published).isEmpty();
    assertThat(node.statesAsked).as("ever less often").isBetween(1, 8);
    node.huge = false;
    follow(41, lastSlot());
    assertThat(published).isNotEmpty();
  }

  @Test
  void beginsAnewWhereABlockDoesNotFollow() {
    follow(1, 40);
    follow(50, lastSlot());
    assertThat(node.statesAsked).isEqualTo(2);
    assertThat(published.values()).allMatch(duties -> duties.refused() == 0);
  }

  @Test
  void beginsAnewAfterAReorgBehindItsBeginning() {
    follow(1, 30);
    published.clear();
    List<BlockRef> undone =
        chain.stream()
            .filter(block -> block.view().slot().value() <= 30)
            .map(ChainBlock::ref)
            .toList()
            .reversed();
    watch.take(ChainUpdate.ofBlocks(now, undone, List.of()));
    follow(31, lastSlot());
    assertThat(node.statesAsked).isEqualTo(2);
    assertThat(published).isNotEmpty();
  }

  @Test
  void beginsAnewWhenNobodySaysForLongWhoComesAndGoes() {
    node.knowsNobody = true;
    follow(1, 8 * 7);
    assertThat(node.statesAsked).isEqualTo(2);
  }

  @Test
  void leavesOutWhatLiesFarBehindTheClock() {
    for (ChainBlock block : chain.subList(0, 20)) {
      now = Instant.EPOCH.plusSeconds(6 * 10_000);
      watch.take(ChainUpdate.ofBlocks(now, List.of(), List.of(block)));
    }
    assertThat(node.statesAsked).isZero();
  }
}
