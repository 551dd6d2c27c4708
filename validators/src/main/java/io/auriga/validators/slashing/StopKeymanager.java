package io.auriga.validators.slashing;

import io.auriga.crypto.slashing.InterchangeException;
import io.auriga.crypto.slashing.InterchangeJson;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a key out of a validator client by the keymanager API: {@code DELETE /eth/v1/keystores}.
 * The client answers with what the key signed, which is kept in a file before the stop counts as
 * done: whoever imports the key elsewhere needs it. Asking again for a key that is gone is harmless
 * and brings the same history.
 */
public final class StopKeymanager implements StopAction {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A year of one key takes 15 MB. */
  private static final int ANSWER_MAX = 64 << 20;

  private final URI keystores;
  private final Supplier<String> token;
  private final Path folder;
  private final Duration patience;
  private final Function<ValidatorIndex, Optional<BlsPublicKey>> keys;
  private final HttpClient http;

  /**
   * @param client the address of the keymanager API, without a path of its own
   * @param token reads the bearer token, anew for each call
   * @param folder where histories are kept
   */
  public StopKeymanager(
      URI client,
      Supplier<String> token,
      Path folder,
      Duration patience,
      Function<ValidatorIndex, Optional<BlsPublicKey>> keys) {
    this.keystores = client.resolve("/eth/v1/keystores");
    this.token = token;
    this.folder = folder;
    this.patience = patience;
    this.keys = keys;
    this.http = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  @Override
  public String name() {
    return "keymanager";
  }

  @Override
  public String description() {
    return "delete its key at " + keystores.getScheme() + "://" + keystores.getAuthority();
  }

  @Override
  public String stop(Stop stop) throws IOException, InterruptedException {
    BlsPublicKey key =
        keys.apply(stop.validator())
            .orElseThrow(() -> new IOException("the public key of the validator is not known"));
    JsonNode answer = delete(key);
    JsonNode status = answer.path("data").path(0);
    String history = answer.path("slashing_protection").asString("");
    if (!history.isEmpty()) {
      keep(stop, history);
    }
    String outcome = status.path("status").asString("");
    return switch (outcome) {
      case "deleted", "not_active", "not_found" -> "the client says " + outcome + kept(history);
      default ->
          throw new IOException(
              "the client says "
                  + Hex.abbreviate(outcome)
                  + " "
                  + Hex.abbreviate(status.path("message").asString("")));
    };
  }

  private static String kept(String history) {
    if (history.isEmpty()) {
      return "; it gave no history";
    }
    try {
      var _ = InterchangeJson.read(history.getBytes(StandardCharsets.UTF_8));
      return "; its history is kept";
    } catch (InterchangeException malformed) {
      return "; its history is kept as it came, but cannot be read: " + malformed.problem();
    }
  }

  private JsonNode delete(BlsPublicKey key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(keystores)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token.get())
            .method(
                "DELETE",
                HttpRequest.BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(Map.of("pubkeys", List.of(key.toHex())))))
            .build();
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() != 200) {
      throw new IOException("it answered with status " + response.statusCode());
    }
    try {
      return JSON.readTree(response.body());
    } catch (JacksonException malformed) {
      throw new IOException("its answer is not JSON", malformed);
    }
  }

  /** The request's own timeout ends with the headers; a body may come for ever. */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), ANSWER_MAX));
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no whole answer within " + patience.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw new IOException(String.valueOf(failed.getCause()), failed);
    } finally {
      boolean _ = answer.cancel(true);
    }
  }

  /** On the disk, and not only in the system's memory: the client may have forgotten it by now. */
  private void keep(Stop stop, String history) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("slashing-protection-" + stop.id() + ".json");
    Path part = folder.resolve(file.getFileName() + ".part");
    Files.writeString(part, history);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
