package io.auriga.testkit.replay;

import java.util.Set;

/**
 * How a consensus client strays from the Beacon API, as real ones do.
 *
 * @param version what the client calls itself
 * @param ssz what becomes of a request that prefers SSZ
 * @param commaTopics whether {@code topics=head,block} is understood besides {@code
 *     topics=head&topics=block}; if not, it subscribes to nothing
 * @param headersWithFirstEvent whether an event stream sends nothing, not even its status, before
 *     the first event
 * @param unknownTopics topics of the event stream that are answered with 400
 * @param missingRoutes beginnings of paths that are answered with 404
 */
public record BeaconQuirks(
    String version,
    Ssz ssz,
    boolean commaTopics,
    boolean headersWithFirstEvent,
    Set<String> unknownTopics,
    Set<String> missingRoutes) {

  /** What a client does when asked for a block in SSZ. */
  public enum Ssz {
    SERVED,
    /** Sends JSON, with status 200. */
    IGNORED,
    /** Answers 406. */
    REFUSED
  }

  /** A client without quirks. */
  public static final BeaconQuirks NONE =
      new BeaconQuirks("Auriga-replay/v1", Ssz.SERVED, true, false, Set.of(), Set.of());

  /** What was seen of Lodestar 1.5.1. */
  public static final BeaconQuirks LODESTAR_1_5_1 =
      new BeaconQuirks(
          "Lodestar/v1.5.1/linux-x64",
          Ssz.IGNORED,
          false,
          true,
          Set.of(),
          Set.of("/eth/v2/node/version", "/eth/v1/builder/"));

  public BeaconQuirks {
    unknownTopics = Set.copyOf(unknownTopics);
    missingRoutes = Set.copyOf(missingRoutes);
  }

  public BeaconQuirks withSsz(Ssz other) {
    return new BeaconQuirks(
        version, other, commaTopics, headersWithFirstEvent, unknownTopics, missingRoutes);
  }

  public BeaconQuirks withUnknownTopics(Set<String> topics) {
    return new BeaconQuirks(
        version, ssz, commaTopics, headersWithFirstEvent, topics, missingRoutes);
  }

  public BeaconQuirks withMissingRoutes(Set<String> routes) {
    return new BeaconQuirks(
        version, ssz, commaTopics, headersWithFirstEvent, unknownTopics, routes);
  }
}
