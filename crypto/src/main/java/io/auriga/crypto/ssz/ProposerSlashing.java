package io.auriga.crypto.ssz;

import io.auriga.types.BeaconBlockHeader;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;

/** Two blocks of one proposer for one slot, as a block carries them to punish it. */
public record ProposerSlashing(
    BeaconBlockHeader first, Root firstRoot, BeaconBlockHeader second, Root secondRoot) {
  static ProposerSlashing of(SszView slashing) {
    SszView first = slashing.field("signed_header_1").field("message");
    SszView second = slashing.field("signed_header_2").field("message");
    return new ProposerSlashing(
        header(first), first.hashTreeRoot(), header(second), second.hashTreeRoot());
  }

  private static BeaconBlockHeader header(SszView header) {
    return new BeaconBlockHeader(
        new Slot(header.uint64("slot")),
        new ValidatorIndex(header.uint64("proposer_index")),
        header.root("parent_root"),
        header.root("state_root"),
        header.root("body_root"));
  }
}
