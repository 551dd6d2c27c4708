package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Hex;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** The states of one consensus client, over its Beacon API. Shared by any number of threads. */
public final class HttpBeaconStates implements BeaconStates {
  /**
   * The largest state that is taken. The mainnet preset costs 139 bytes for each validator and a
   * few megabytes beside: a million validators are 150 MB, and this leaves room for seven.
   */
  private static final int STATE_BYTES_MAX = 1 << 30;

  /** A process with little memory refuses a state; otherwise it would end for want of memory. */
  private static final int STATE_BYTES_ALLOWED =
      (int) Math.min(STATE_BYTES_MAX, Runtime.getRuntime().maxMemory() / 3);

  /** A node may have to build the state first; a link of 100 Mbit/s carries 300 MB in 24 s. */
  private static final Duration STATE_DEADLINE = Duration.ofMinutes(5);

  /** Eight million ether on their way out: three months of mainnet's queue. */
  private static final int EXITS_MAX = 1 << 18;

  // The protocol allows 2^27; more than this does not fit the largest answer that is read.
  private static final int PENDING_MAX = 1 << 20;

  /** There are 512 seats; no network is known to have more. */
  private static final int COMMITTEE_MAX = 8_192;

  /** 64 in each of 32 slots, in every preset. */
  private static final int COMMITTEES_MAX = 1 << 11;

  /** A block carries 16; no network is known to carry more. */
  private static final int EXPECTED_MAX = 1_024;

  // A state begins with the genesis time, the root of the genesis validators, and the slot.
  private static final int SLOT_OFFSET = 8 + 32;
  private static final int STATE_BYTES_MIN = SLOT_OFFSET + Long.BYTES;

  private static final String JSON = "application/json";

  private final HttpEndpoint endpoint;
  private final ValidatorQueries queries;

  /** Whether the node answers for balances; null until that is known. */
  private volatile @Nullable Boolean tellsBalances;

  private final StreamedLists lists;

  public HttpBeaconStates(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.queries = new ValidatorQueries(endpoint);
    this.lists = new StreamedLists(endpoint);
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return queries.ask(
        new ValidatorQueries.Query<>(
            state,
            "validators",
            texts -> "{\"ids\":" + texts + "}",
            StateJson::validator,
            (validator, asked) ->
                asked.contains(validator.index().toString())
                    || asked.contains(validator.publicKey().toHex()),
            Validator::index),
        ids);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    if (Boolean.FALSE.equals(tellsBalances)) {
      return BeaconStates.super.balances(state, ids);
    }
    Optional<StateAnswer<List<ValidatorBalance>>> told = toldBalances(state, ids);
    if (tellsBalances != null || ids.isEmpty() || told.isEmpty()) {
      return told;
    }
    if (!told.get().data().isEmpty()) {
      tellsBalances = true;
      return told;
    }
    // Old Lodestars answer with nothing whomever they are asked for, but know the validators.
    Optional<StateAnswer<List<ValidatorBalance>>> other = BeaconStates.super.balances(state, ids);
    if (other.filter(answer -> !answer.data().isEmpty()).isEmpty()) {
      return told;
    }
    tellsBalances = false;
    return other;
  }

  private Optional<StateAnswer<List<ValidatorBalance>>> toldBalances(
      StateId state, Collection<ValidatorId> ids) {
    boolean byKey = ids.stream().anyMatch(ValidatorId.ByKey.class::isInstance);
    return queries.ask(
        new ValidatorQueries.Query<>(
            state,
            "validator_balances",
            texts -> texts,
            StateJson::balance,
            // Whose index a key has is not in the answer.
            (balance, asked) -> byKey || asked.contains(balance.index().toString()),
            ValidatorBalance::index),
        ids);
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return queue(
        state,
        "pending_partial_withdrawals",
        StateJson::pendingPartial,
        answer -> new PendingPartials.Listed(answer.data(), answer.optimistic()),
        PendingPartials.Unavailable::new);
  }

  @Override
  public PendingDeposits pendingDeposits(StateId state) {
    return queue(
        state,
        "pending_deposits",
        StateJson::pendingDeposit,
        answer -> new PendingDeposits.Listed(answer.data()),
        PendingDeposits.Unavailable::new);
  }

  private <E, T> T queue(
      StateId state,
      String route,
      Function<JsonParser, E> entry,
      Function<StateAnswer<List<E>>, T> listed,
      Function<String, T> unavailable) {
    String asked = "read the " + route.replace('_', ' ') + " of state " + state.path();
    HttpAnswer answer = endpoint.get(BeaconRoutes.STATES + state.path() + "/" + route, JSON, asked);
    return switch (answer.status()) {
      case 400 ->
          unavailable.apply(
              name()
                  + " refuses: the state is from before Electra (400, "
                  + answer.excerpt()
                  + ")");
      case 404, 405, 410 ->
          unavailable.apply(
              name()
                  + " does not serve the route"
                  + (state.mayBeAbsent() ? ", or lacks the state" : "")
                  + " ("
                  + answer.status()
                  + ")");
      default ->
          listed.apply(
              read(endpoint, answer, asked, parser -> StateJson.list(parser, PENDING_MAX, entry)));
    };
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId state) {
    return find(
        endpoint,
        BeaconRoutes.STATES + state.path() + "/sync_committees",
        "read the sync committee of state " + state.path(),
        parser -> StateJson.syncCommittee(parser, COMMITTEE_MAX));
  }

  @Override
  public Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    String asked = "read the validators that leave in state " + state.path();
    Optional<StateAnswer<List<ScheduledExit>>> answer =
        lists.read(
            BeaconRoutes.STATES
                + state.path()
                + "/validators?status=active_exiting&status=active_slashed",
            asked,
            EXITS_MAX,
            StateJson::scheduledExit);
    answer
        .flatMap(found -> found.data().stream().filter(one -> !one.exit().isScheduled()).findAny())
        .ifPresent(
            other -> {
              throw endpoint.failure(
                  ClientError.MALFORMED, asked, "one came that does not leave: " + other);
            });
    return answer;
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return lists.read(
        BeaconRoutes.STATES + state.path() + "/pending_consolidations",
        "read the pending consolidations of state " + state.path(),
        EXITS_MAX,
        StateJson::consolidationSource);
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId state, Slot proposal) {
    return find(
        endpoint,
        BeaconRoutes.BUILDER_STATES
            + state.path()
            + "/expected_withdrawals?proposal_slot="
            + proposal,
        "read the withdrawals expected in slot " + proposal + " on state " + state.path(),
        parser -> StateJson.list(parser, EXPECTED_MAX, StateJson::withdrawal));
  }

  @Override
  public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    return find(
            endpoint,
            BeaconRoutes.STATES + state.path() + "/committees?epoch=" + epoch,
            "read the committees of epoch " + epoch + " of state " + state.path(),
            parser -> StateJson.list(parser, COMMITTEES_MAX, StateJson::committee))
        .map(
            answer ->
                new StateAnswer<>(
                    inOrder(answer.data(), epoch), answer.optimistic(), answer.finalized()));
  }

  /**
   * Old Lodestars swap the two numbers, and count slots from the epoch's begin. Only then is there
   * a slot 0 in a later epoch.
   */
  private static List<Committee> inOrder(List<Committee> committees, Epoch epoch) {
    boolean swapped =
        epoch.value() != 0 && committees.stream().anyMatch(one -> one.slot().value() == 0);
    if (!swapped) {
      return committees;
    }
    long slots = 1 + committees.stream().mapToLong(Committee::index).max().orElse(0);
    return committees.stream()
        .map(
            one ->
                new Committee(
                    new Slot(epoch.value() * slots + one.index()),
                    one.slot().value(),
                    one.validators()))
        .toList();
  }

  /**
   * An answer in JSON; empty where the node does not serve the route, lacks the state, or cannot go
   * on from it to the slot or the epoch.
   */
  static <T> Optional<T> find(
      HttpEndpoint endpoint, String path, String asked, Function<JsonParser, T> reader) {
    HttpAnswer answer = endpoint.get(path, JSON, asked);
    return switch (answer.status()) {
      case 400, 404, 405, 410 -> Optional.empty();
      default -> Optional.of(read(endpoint, answer, asked, reader));
    };
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    String asked = "read state " + state.path();
    EndpointLimits allowed =
        endpoint
            .config()
            .limits()
            .withMaxBodyBytes(STATE_BYTES_ALLOWED)
            .withRequestDeadline(STATE_DEADLINE);
    HttpAnswer answer =
        endpoint.get(BeaconRoutes.DEBUG_STATES + state.path(), BlockReader.SSZ, asked, allowed);
    if (ValidatorQueries.isAbsent(answer, state)) {
      return Optional.empty();
    }
    requireOk(endpoint, answer, asked);
    byte[] ssz = answer.body();
    if (!answer.mediaType().equals(BlockReader.SSZ) || ssz.length < STATE_BYTES_MIN) {
      throw endpoint.failure(
          ClientError.MALFORMED,
          asked,
          "the answer, %d bytes of %s, is not the SSZ of a state; it begins %s"
              .formatted(
                  ssz.length,
                  answer.mediaType().isEmpty() ? "no named type" : answer.mediaType(),
                  answer.excerpt()));
    }
    Slot slot = slotOf(ssz);
    if (state instanceof StateId.AtSlot(Slot wanted) && !slot.equals(wanted)) {
      throw endpoint.failure(ClientError.MALFORMED, asked, "the state of slot " + slot + " came");
    }
    StateBytes bytes = new StateBytes(fork(answer, asked), slot, ssz);
    return Optional.of(
        new StateAnswer<>(
            bytes,
            isTrue(answer, BlockReader.OPTIMISTIC_HEADER),
            isTrue(answer, BlockReader.FINALIZED_HEADER)));
  }

  private Optional<ForkName> fork(HttpAnswer answer, String asked) {
    Optional<String> named = answer.header(BlockReader.VERSION_HEADER);
    Optional<ForkName> known = named.flatMap(ForkName::find);
    if (named.isPresent() && known.isEmpty()) {
      throw endpoint.failure(
          ClientError.UNSUPPORTED_FORK,
          asked,
          "it is said to be of a fork that this version does not know: "
              + Hex.abbreviate(named.get()));
    }
    return known;
  }

  private static Slot slotOf(byte[] ssz) {
    long slot = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      slot = slot << 8 | (ssz[SLOT_OFFSET + i] & 0xff);
    }
    return new Slot(slot);
  }

  private static boolean isTrue(HttpAnswer answer, String header) {
    return answer.header(header).map("true"::equalsIgnoreCase).orElse(false);
  }

  static void requireOk(HttpEndpoint endpoint, HttpAnswer answer, String asked) {
    int status = answer.status();
    switch (status) {
      case 404, 405, 410 ->
          throw endpoint.statusFailure(
              ClientError.UNSUPPORTED_ROUTE,
              asked,
              status,
              "it does not serve the route, or lacks the state (" + status + ")");
      default -> {
        if (!answer.isOk()) {
          throw endpoint.statusFailure(answer, asked);
        }
      }
    }
  }

  static <T> T read(
      HttpEndpoint endpoint, HttpAnswer answer, String asked, Function<JsonParser, T> meaning) {
    requireOk(endpoint, answer, asked);
    try (JsonParser parser = endpoint.json().parser(answer.body())) {
      return meaning.apply(parser);
    } catch (JacksonException malformed) {
      throw endpoint.failure(
          NodeJson.errorOf(malformed),
          asked,
          NodeJson.describe(malformed) + "; the answer begins " + answer.excerpt(),
          malformed);
    } catch (JsonView.Unexpected malformed) {
      throw endpoint.failure(
          ClientError.MALFORMED, asked, String.valueOf(malformed.getMessage()), malformed);
    }
  }

  @Override
  public String toString() {
    return "HttpBeaconStates[" + name() + "]";
  }
}
