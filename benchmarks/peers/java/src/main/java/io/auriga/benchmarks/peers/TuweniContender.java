package io.auriga.benchmarks.peers;

import io.auriga.benchmarks.contender.Contender;
import io.auriga.benchmarks.contender.Inputs;
import io.auriga.benchmarks.contender.Task;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;
import org.apache.tuweni.crypto.Hash;
import org.apache.tuweni.rlp.RLP;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Tuweni's bytes, RLP and Keccak. Its module with blocks is not published with them, nor is its
 * trie; its SSZ has no containers.
 */
public final class TuweniContender {
  private TuweniContender() {}

  /** Serves with the files in the folder named by the argument. */
  public static void main(String[] arguments) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    Inputs inputs = Inputs.read(Path.of(arguments[0]));
    Bytes rlp = Bytes.wrap(inputs.headerRlp());
    new Contender(List.of(new Task<>("header-hash", () -> hash(rlp), Bytes32::toHexString)))
        .serve();
  }

  private static Bytes32 hash(Bytes rlp) {
    List<Bytes> fields =
        RLP.decodeList(
            rlp,
            reader -> {
              List<Bytes> values = new ArrayList<>();
              while (!reader.isComplete()) {
                values.add(reader.readValue());
              }
              return values;
            });
    return Hash.keccak256(
        RLP.encodeList(writer -> fields.forEach(field -> writer.writeValue(field))));
  }
}
