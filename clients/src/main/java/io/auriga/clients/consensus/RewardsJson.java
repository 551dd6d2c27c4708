package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import io.auriga.types.Gwei;
import io.auriga.types.GweiDelta;
import io.auriga.types.ValidatorIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The rewards of the Beacon API. What was not asked for, or comes twice and differs, is refused.
 */
final class RewardsJson {
  /** One for each ether that can count, of which there are 2,048 since Electra, and 0. */
  private static final int IDEAL_MAX = 4_096;

  private RewardsJson() {}

  private record Ideal(Gwei effectiveBalance, AttestationRewards.Parts parts) {}

  private record Total(ValidatorIndex validator, AttestationRewards.Parts parts) {}

  private record Seat(ValidatorIndex validator, GweiDelta reward) {}

  static StateAnswer<AttestationRewards> attestations(
      JsonParser parser, Set<ValidatorIndex> asked) {
    return StateJson.answer(
        parser,
        data -> {
          requireObject(data);
          @Nullable List<Ideal> ideal = null;
          @Nullable List<Total> total = null;
          while (data.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = data.currentName();
            JsonToken _ = data.nextToken();
            switch (name) {
              case "ideal_rewards" ->
                  ideal = StateJson.elements(data, IDEAL_MAX, RewardsJson::ideal);
              case "total_rewards" ->
                  total = StateJson.elements(data, asked.size(), RewardsJson::total);
              default -> data.skipChildren();
            }
          }
          if (ideal == null || total == null) {
            throw new JsonView.Unexpected(
                "field data/" + (ideal == null ? "ideal" : "total") + "_rewards is missing");
          }
          Map<Gwei, AttestationRewards.Parts> ideals = new HashMap<>();
          ideal.forEach(
              one -> put(ideals, one.effectiveBalance(), one.parts(), "effective balance"));
          Map<ValidatorIndex, AttestationRewards.Parts> totals = new HashMap<>();
          for (Total one : total) {
            requireAsked(asked, one.validator());
            put(totals, one.validator(), one.parts(), "validator");
          }
          return new AttestationRewards(ideals, totals);
        });
  }

  static StateAnswer<Map<ValidatorIndex, GweiDelta>> syncCommittee(
      JsonParser parser, Set<ValidatorIndex> asked) {
    return StateJson.answer(
        parser,
        data -> {
          Map<ValidatorIndex, GweiDelta> rewards = new HashMap<>();
          for (Seat one : StateJson.elements(data, asked.size(), RewardsJson::seat)) {
            requireAsked(asked, one.validator());
            put(rewards, one.validator(), one.reward(), "validator");
          }
          return Map.copyOf(rewards);
        });
  }

  static StateAnswer<BlockReward> block(JsonParser parser) {
    return StateJson.answer(
        parser,
        data -> {
          JsonFields fields = JsonFields.read(data, "");
          BlockReward reward =
              new BlockReward(
                  fields.as("proposer_index", ValidatorIndex::parseDecimal),
                  fields.as("total", Gwei::parseDecimal),
                  fields.as("attestations", Gwei::parseDecimal),
                  fields.as("sync_aggregate", Gwei::parseDecimal),
                  fields.as("proposer_slashings", Gwei::parseDecimal),
                  fields.as("attester_slashings", Gwei::parseDecimal));
          requireWhole(reward);
          return reward;
        });
  }

  private static void requireWhole(BlockReward reward) {
    try {
      Gwei parts =
          reward
              .attestations()
              .plus(reward.syncAggregate())
              .plus(reward.proposerSlashings())
              .plus(reward.attesterSlashings());
      if (parts.equals(reward.total())) {
        return;
      }
    } catch (ArithmeticException overflow) {
      throw new JsonView.Unexpected("data: its parts do not fit 64 bits together: " + reward);
    }
    throw new JsonView.Unexpected("data/total is not what its parts come to: " + reward);
  }

  private static Ideal ideal(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new Ideal(fields.as("effective_balance", Gwei::parseDecimal), parts(fields));
  }

  private static Total total(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new Total(fields.as("validator_index", ValidatorIndex::parseDecimal), parts(fields));
  }

  private static Seat seat(JsonParser parser) {
    JsonFields fields = JsonFields.read(parser, "");
    return new Seat(
        fields.as("validator_index", ValidatorIndex::parseDecimal),
        fields.as("reward", GweiDelta::parseDecimal));
  }

  private static AttestationRewards.Parts parts(JsonFields fields) {
    return new AttestationRewards.Parts(
        fields.as("head", GweiDelta::parseDecimal),
        fields.as("target", GweiDelta::parseDecimal),
        fields.as("source", GweiDelta::parseDecimal),
        fields.find("inactivity", GweiDelta::parseDecimal).orElse(GweiDelta.ZERO),
        fields.find("inclusion_delay", Gwei::parseDecimal));
  }

  private static void requireObject(JsonParser data) {
    if (data.currentToken() != JsonToken.START_OBJECT) {
      throw JsonFields.unexpected(data, "is not an object");
    }
  }

  private static void requireAsked(Set<ValidatorIndex> asked, ValidatorIndex validator) {
    if (!asked.contains(validator)) {
      throw new JsonView.Unexpected("validator " + validator + " came that was not asked for");
    }
  }

  private static <K, V> void put(Map<K, V> map, K key, V value, String what) {
    V before = map.putIfAbsent(key, value);
    if (before != null && !before.equals(value)) {
      throw new JsonView.Unexpected(what + " " + key + " came twice, and not the same");
    }
  }
}
