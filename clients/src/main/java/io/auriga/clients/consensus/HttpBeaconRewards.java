package io.auriga.clients.consensus;

import io.auriga.clients.NodeException;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Epoch;
import io.auriga.types.GweiDelta;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;

/** {@link BeaconRewards} over the Beacon API. */
public final class HttpBeaconRewards implements BeaconRewards {
  /** A node goes through all validators of the network for it, and may have to build the state. */
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private static final String JSON = "application/json";

  private final HttpEndpoint endpoint;
  private final EndpointLimits limits;

  public HttpBeaconRewards(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    EndpointLimits usual = endpoint.config().limits();
    this.limits =
        usual.requestDeadline().compareTo(DEADLINE) < 0
            ? usual.withRequestDeadline(DEADLINE)
            : usual;
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public RewardsAnswer<AttestationRewards> attestations(
      Epoch epoch, Collection<ValidatorIndex> validators) {
    Set<ValidatorIndex> wanted = wanted(validators);
    return post(
        BeaconRoutes.ATTESTATION_REWARDS + epoch,
        wanted,
        "read the rewards of " + wanted.size() + " validators' attestations of epoch " + epoch,
        parser -> RewardsJson.attestations(parser, wanted));
  }

  @Override
  public RewardsAnswer<Map<ValidatorIndex, GweiDelta>> syncCommittee(
      Root block, Collection<ValidatorIndex> validators) {
    Set<ValidatorIndex> wanted = wanted(validators);
    return post(
        BeaconRoutes.SYNC_REWARDS + block.toHex(),
        wanted,
        "read the sync committee's rewards of block " + block.toShortHex(),
        parser -> RewardsJson.syncCommittee(parser, wanted));
  }

  @Override
  public RewardsAnswer<BlockReward> block(Root block) {
    String asked = "read the proposer's reward of block " + block.toShortHex();
    return answer(
        asked,
        () -> endpoint.get(BeaconRoutes.BLOCK_REWARDS + block.toHex(), JSON, asked, limits),
        RewardsJson::block);
  }

  private static Set<ValidatorIndex> wanted(Collection<ValidatorIndex> validators) {
    if (validators.isEmpty() || validators.size() > VALIDATORS_MAX) {
      throw new IllegalArgumentException(
          "rewards of 1 to " + VALIDATORS_MAX + " validators, not " + validators.size());
    }
    return new LinkedHashSet<>(validators);
  }

  private <T> RewardsAnswer<T> post(
      String path,
      Set<ValidatorIndex> validators,
      String asked,
      Function<JsonParser, StateAnswer<T>> reader) {
    byte[] body =
        validators.stream()
            .map(ValidatorIndex::toString)
            .collect(Collectors.joining("\",\"", "[\"", "\"]"))
            .getBytes(StandardCharsets.UTF_8);
    return answer(asked, () -> endpoint.post(path, body, asked, limits), reader);
  }

  /** Nodes say in many ways that they lack the route or the state: by 400, 404, and even 500. */
  private <T> RewardsAnswer<T> answer(
      String asked, Supplier<HttpAnswer> question, Function<JsonParser, StateAnswer<T>> reader) {
    HttpAnswer answer;
    try {
      answer = question.get();
    } catch (NodeException failed) {
      return switch (failed.status().orElse(0)) {
        case 500, 501 -> new RewardsAnswer.Unavailable<>(String.valueOf(failed.getMessage()));
        default -> throw failed;
      };
    }
    return switch (answer.status()) {
      case 400, 404, 405, 410, 415 ->
          new RewardsAnswer.Unavailable<>(
              "%s does not serve it, or lacks the state (%d, %s)"
                  .formatted(name(), answer.status(), answer.excerpt()));
      default -> new RewardsAnswer.Known<>(HttpBeaconStates.read(endpoint, answer, asked, reader));
    };
  }
}
