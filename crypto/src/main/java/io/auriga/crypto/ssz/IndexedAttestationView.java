package io.auriga.crypto.ssz;

import io.auriga.types.AttestationData;
import java.util.Objects;

/** A vote with the validators that cast it by index, as attester slashings carry it. */
public final class IndexedAttestationView {
  private final SszView indices;
  private final AttestationData content;
  private final int count;

  IndexedAttestationView(SszView attestation) {
    this.indices = attestation.field("attesting_indices");
    this.content = AttestationView.contentOf(attestation.field("data"));
    this.count = indices.count();
  }

  public AttestationData data() {
    return content;
  }

  public int count() {
    return count;
  }

  /** A validator's index, unsigned; whether there is such a validator is not known here. */
  public long validatorIndex(int place) {
    return indices.uint64At(Objects.checkIndex(place, count));
  }
}
