package io.auriga.app.web.api;

import io.auriga.app.web.WebInputs;
import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.rewards.RewardReport;
import io.auriga.validators.rewards.RewardTotals;
import io.auriga.validators.watched.Watched;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The route of rewards. */
final class RewardRoutes {
  private final WebInputs inputs;
  private final Duration epochLength;

  RewardRoutes(WebInputs inputs) {
    this.inputs = inputs;
    this.epochLength = inputs.spec().epochDuration();
  }

  void register(Routes routes, String base) {
    routes.get(base + "/validators/rewards", this::rewards);
  }

  private Response rewards(Request request) {
    request.requireOnly("epoch", "last", "validatorIndex", "scope", "limit", "cursor");
    Watched watched = inputs.watch().get().watched();
    int limit = RestApi.limit(request);
    int[] wanted = validators(request, watched);
    int[] page = Arrays.copyOf(wanted, Math.min(limit, wanted.length));
    Optional<RewardReport> report = report(request, watched, page);
    SortedMap<Integer, RewardTotals> each =
        report.map(RewardReport::validators).orElse(new TreeMap<>());
    Optional<String> next =
        page.length < wanted.length
            ? Optional.of(String.valueOf(page[page.length - 1]))
            : Optional.empty();
    return RestApi.envelope(
        inputs.network(),
        next,
        generator ->
            new RewardJson(generator)
                .report(report, each, inputs.rewards().status().get().problem()));
  }

  private Optional<RewardReport> report(Request request, Watched watched, int[] validators) {
    Optional<Epoch> epoch = request.query("epoch", Epoch::parseDecimal);
    Optional<RewardPeriod> last = request.query("last", RewardPeriod::parse);
    if (epoch.isPresent() && last.isPresent()) {
      throw new HttpException(
          HttpError.BAD_REQUEST, "read the rewards", "both epoch and last are given");
    }
    SortedMap<String, int[]> scopes = watched.indicesByScope();
    return epoch.isPresent()
        ? Optional.of(
            RewardReport.of(inputs.rewards().store(), epoch.get(), epoch.get(), scopes, validators))
        : RewardReport.ofLast(
            inputs.rewards().store(),
            last.orElse(RewardPeriod.DAY).epochs(epochLength),
            scopes,
            validators);
  }

  /** Those that are to be told one by one, behind the cursor. */
  private static int[] validators(Request request, Watched watched) {
    long after =
        request
            .query("cursor", ValidatorIndex::parseDecimal)
            .map(ValidatorIndex::value)
            .orElse(-1L);
    Optional<String> scope = request.query("scope");
    scope
        .filter(name -> !watched.scopes().containsKey(name))
        .ifPresent(
            name -> {
              throw new HttpException(
                  HttpError.NOT_FOUND,
                  "find scope " + Hex.abbreviate(name),
                  "nobody who is watched is in it");
            });
    int[] all =
        scope.isPresent()
            ? watched.indicesOf(scope.get())
            : FilterParameters.parse(request).validators().stream()
                .mapToLong(ValidatorIndex::value)
                .filter(index -> index >= 0 && index <= Integer.MAX_VALUE)
                .mapToInt(index -> (int) index)
                .sorted()
                .distinct()
                .toArray();
    return Arrays.stream(all).filter(index -> index > after).toArray();
  }
}
