package io.auriga.testkit.state;

import io.auriga.crypto.ssz.SszView;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ForkName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Who sits in a state's sync committee. */
public final class SyncSeats {
  private SyncSeats() {}

  /** The validators of {@code current_sync_committee}, seat by seat. */
  public static List<Integer> of(StateSchemas schemas, ForkName fork, byte[] ssz) {
    SszView keys =
        SszView.of(schemas.state(fork), ssz).field("current_sync_committee").field("pubkeys");
    Map<String, Integer> indices = new HashMap<>();
    PlainState state = PlainState.read(schemas, fork, ssz);
    for (int index = 0; index < state.validators().size(); index++) {
      indices.put(state.validators().get(index).publicKey(), index);
    }
    return IntStream.range(0, keys.count())
        .mapToObj(seat -> BlsPublicKey.of(keys.element(seat).toBytes()).toHex())
        .map(key -> Objects.requireNonNull(indices.get(key)))
        .toList();
  }
}
