package io.auriga.crypto.ssz;

import io.auriga.types.Epoch;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.VoluntaryExit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What validators did, as the body of one checked block tells it. */
public final class OperationsView {
  private final SszView body;

  OperationsView(SszView body) {
    this.body = body;
  }

  /** The signature whose hash goes into the mix that decides about committees and proposers. */
  public byte[] randaoReveal() {
    return body.field("randao_reveal").toBytes();
  }

  /** In the block's order. */
  public List<AttestationView> attestations() {
    return all("attestations", AttestationView::new);
  }

  public List<AttesterSlashing> attesterSlashings() {
    return all(
        "attester_slashings",
        slashing ->
            new AttesterSlashing(
                new IndexedAttestationView(slashing.field("attestation_1")),
                new IndexedAttestationView(slashing.field("attestation_2"))));
  }

  public List<ProposerSlashing> proposerSlashings() {
    return all("proposer_slashings", ProposerSlashing::of);
  }

  public List<VoluntaryExit> voluntaryExits() {
    return all(
        "voluntary_exits",
        signed -> {
          SszView exit = signed.field("message");
          return new VoluntaryExit(
              new Epoch(exit.uint64("epoch")), new ValidatorIndex(exit.uint64("validator_index")));
        });
  }

  /**
   * Which seats of the sync committee signed the block before: seat {@code i} is bit {@code i % 8}
   * of byte {@code i / 8}.
   */
  public byte[] syncCommitteeBits() {
    return body.field("sync_aggregate").field("sync_committee_bits").toBytes();
  }

  private <T> List<T> all(String field, Function<SszView, T> form) {
    SszView list = body.field(field);
    return IntStream.range(0, list.count()).mapToObj(i -> form.apply(list.element(i))).toList();
  }
}
