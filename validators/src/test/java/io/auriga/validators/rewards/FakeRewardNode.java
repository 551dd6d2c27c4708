package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.AttestationRewards;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconRewards;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.BlockReward;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.RewardsAnswer;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Genesis;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A node on whose chain every slot has a block and everybody does everything, but for what a test
 * changes. A perfect attestation brings 14, 26 and 14 Gwei, a block 100.
 */
final class FakeRewardNode implements BeaconNode, BeaconRewards, BeaconStates, BeaconDuties {
  static final Gwei ETHER_32 = Gwei.ofEther(32);

  final List<String> asked = new ArrayList<>();
  final Set<Integer> missed = new HashSet<>();
  final Set<Integer> leftOut = new HashSet<>();
  final Set<Integer> slashed = new HashSet<>();
  Gwei effectiveBalance = ETHER_32;
  boolean leaks;
  boolean down;
  boolean hasRewards = true;
  boolean hasSync = true;
  boolean hasBlocks = true;
  int branch;
  long forgottenBefore;
  long huge;
  Set<Integer> members = Set.of();

  RewardSource source() {
    return new RewardSource(this, this, this, this);
  }

  /** The block in a slot of the node's chain. */
  BlockRef block(long slot) {
    byte[] root = new byte[Root.LENGTH];
    ByteBuffer.wrap(root).putLong(slot).putInt(branch);
    return new BlockRef(new Slot(slot), Root.of(root));
  }

  @Override
  public String name() {
    return "fake";
  }

  private void hear(String question) {
    asked.add(question);
    if (down) {
      throw new NodeException(ClientError.UNREACHABLE, name(), question, "it is down");
    }
  }

  private static AttestationRewards.Parts parts(long head, long target, long source, long leak) {
    return new AttestationRewards.Parts(
        new GweiDelta(head),
        new GweiDelta(target),
        new GweiDelta(source),
        new GweiDelta(leak),
        Optional.empty());
  }

  @Override
  public RewardsAnswer<AttestationRewards> attestations(
      Epoch epoch, Collection<ValidatorIndex> validators) {
    hear("attestations " + epoch);
    if (!hasRewards || epoch.value() < forgottenBefore) {
      return new RewardsAnswer.Unavailable<>("it is no longer there");
    }
    boolean pays = !leaks && !effectiveBalance.equals(Gwei.ZERO);
    long weight = effectiveBalance.equals(Gwei.ZERO) ? 0 : 1;
    AttestationRewards.Parts ideal = pays ? parts(14, 26, 14, 0) : parts(0, 0, 0, 0);
    Map<ValidatorIndex, AttestationRewards.Parts> total = new HashMap<>();
    for (ValidatorIndex one : validators) {
      int validator = (int) one.value();
      if (!leftOut.contains(validator)) {
        boolean bad = missed.contains(validator) || slashed.contains(validator);
        total.put(one, bad ? parts(0, -26 * weight, -14 * weight, leaks ? -3 : 0) : ideal);
      }
      if (huge != 0) {
        total.put(one, parts(huge, 26, 14, 0));
      }
    }
    return new RewardsAnswer.Known<>(
        new StateAnswer<>(
            new AttestationRewards(Map.of(effectiveBalance, ideal), total), false, false));
  }

  @Override
  public RewardsAnswer<Map<ValidatorIndex, GweiDelta>> syncCommittee(
      Root block, Collection<ValidatorIndex> validators) {
    hear("sync");
    if (!hasSync) {
      return new RewardsAnswer.Unavailable<>("it is not served");
    }
    Map<ValidatorIndex, GweiDelta> rewards = new HashMap<>();
    for (ValidatorIndex one : validators) {
      if (members.contains((int) one.value())) {
        rewards.put(one, new GweiDelta(missed.contains((int) one.value()) ? -5 : 5));
      }
    }
    return new RewardsAnswer.Known<>(new StateAnswer<>(rewards, false, false));
  }

  @Override
  public RewardsAnswer<BlockReward> block(Root block) {
    hear("block");
    long slot = ByteBuffer.wrap(block.toBytes()).getLong();
    return hasBlocks
        ? new RewardsAnswer.Known<>(
            new StateAnswer<>(
                new BlockReward(
                    new ValidatorIndex(slot % 32),
                    new Gwei(100),
                    new Gwei(90),
                    new Gwei(10),
                    Gwei.ZERO,
                    Gwei.ZERO),
                false,
                false))
        : new RewardsAnswer.Unavailable<>("it is not served");
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    hear("header " + id.path());
    BlockRef block = block(((BlockId.BySlot) id).slot().value());
    return Optional.of(
        new BlockHeader(
            block.root(), block.slot(), Root.of(new byte[Root.LENGTH]), true, false, false));
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    hear("validators of " + state.path());
    List<Validator> found = new ArrayList<>();
    for (ValidatorId id : ids) {
      ValidatorIndex index = ((ValidatorId.ByIndex) id).index();
      found.add(
          new Validator(
              index,
              BlsPublicKey.of(new byte[BlsPublicKey.LENGTH]),
              WithdrawalCredentials.of(Root.of(new byte[32])),
              ETHER_32,
              effectiveBalance,
              slashed.contains((int) index.value()),
              new Validator.Life(new Epoch(0), new Epoch(0), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE)));
    }
    return Optional.of(new StateAnswer<>(found, false, false));
  }

  @Override
  public Optional<List<ProposerDuty>> proposers(Epoch epoch) {
    hear("proposers " + epoch);
    List<ProposerDuty> duties = new ArrayList<>();
    for (long i = 0; i < 32; i++) {
      duties.add(new ProposerDuty(new Slot(32 * epoch.value() + i), new ValidatorIndex(i)));
    }
    return Optional.of(duties);
  }

  @Override
  public Optional<List<Validator>> changing() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Finality finality() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SyncStatus syncing() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String version() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Genesis genesis() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ChainSpec spec() {
    throw new UnsupportedOperationException();
  }

  @Override
  public DepositContract depositContract() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    throw new UnsupportedOperationException();
  }
}
