package io.auriga.app.web;

import io.auriga.chain.FollowerSnapshot;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.types.AurigaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The two probes of an orchestrator: is the process alive, and may one rely on its answers. */
final class Health {
  /**
   * Slots between the last committed block and the node's head that still count as following: a
   * reorg or a slow disk makes one or two.
   */
  static final int LAG_SLOTS_MAX = 4;

  private final PlatformStatus status;
  private final List<ReadinessCheck> checks;

  Health(PlatformStatus status, List<ReadinessCheck> checks) {
    this.status = status;
    this.checks = checks;
  }

  Response alive(Request request) {
    request.requireOnly();
    return Response.json(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "alive");
          json.writeEndObject();
        });
  }

  Response ready(Request request) {
    request.requireOnly();
    FollowerSnapshot follower = status.follower();
    List<AurigaException> reasons = reasons(follower);
    return Response.json(
            json -> {
              json.writeStartObject();
              json.writeBooleanProperty("ready", reasons.isEmpty());
              json.writeStringProperty("state", follower.state().name().toLowerCase(Locale.ROOT));
              json.writeStringProperty("lagSlots", Long.toString(follower.lagSlots()));
              json.writeArrayPropertyStart("reasons");
              for (AurigaException reason : reasons) {
                json.writeStartObject();
                json.writeStringProperty("code", reason.code());
                json.writeStringProperty("message", reason.getMessage());
                json.writeStringProperty("remedy", reason.remedy());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            })
        .withStatus(reasons.isEmpty() ? 200 : 503);
  }

  private List<AurigaException> reasons(FollowerSnapshot follower) {
    List<AurigaException> reasons = new ArrayList<>();
    if (follower.lagSlots() > LAG_SLOTS_MAX) {
      reasons.add(
          new AurigaException(
              WebError.LAGGING,
              "be ready",
              "%d slots behind the node's head, more than %d"
                  .formatted(follower.lagSlots(), LAG_SLOTS_MAX)));
    }
    switch (follower.state()) {
      case FOLLOWING -> {}
      case CATCHING_UP -> {
        // Within the bound this is the ordinary work of a new block.
        if (follower.head().isEmpty()) {
          reasons.add(notFollowing("no block is kept yet"));
        }
      }
      case STARTING -> reasons.add(notFollowing("no node has answered yet"));
      case STALLED ->
          reasons.add(
              notFollowing(
                  follower
                      .problem()
                      .map(problem -> problem.code() + ": " + problem.message())
                      .orElse("the follower stalled")));
    }
    for (ReadinessCheck check : checks) {
      try {
        check.require();
      } catch (AurigaException refused) {
        reasons.add(refused);
      }
    }
    return reasons;
  }

  private static AurigaException notFollowing(String problem) {
    return new AurigaException(WebError.NOT_FOLLOWING, "be ready", problem);
  }
}
