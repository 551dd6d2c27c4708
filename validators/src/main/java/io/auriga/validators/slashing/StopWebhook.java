package io.auriga.validators.slashing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a stop to an address of the operator's: JSON with {@code id}, {@code validator} and {@code
 * reason}, and the id once more as {@code Idempotency-Key}. Any status 2xx is taken for done.
 */
public final class StopWebhook implements StopAction {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI address;
  private final Duration patience;
  private final HttpClient http;

  public StopWebhook(URI address, Duration patience) {
    this.address = address;
    this.patience = patience;
    this.http = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  /** Without its path and query, where a secret may be. */
  @Override
  public String description() {
    return "POST to " + address.getScheme() + "://" + address.getAuthority();
  }

  @Override
  public String stop(Stop stop) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", stop.id())
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(
                        Map.of(
                            "id",
                            stop.id(),
                            "validator",
                            stop.validator().toString(),
                            "reason",
                            stop.reason()))))
            .build();
    HttpResponse<Void> response = http.send(request, HttpResponse.BodyHandlers.discarding());
    if (response.statusCode() / 100 != 2) {
      throw new IOException("it answered with status " + response.statusCode());
    }
    return "it answered with status " + response.statusCode();
  }
}
