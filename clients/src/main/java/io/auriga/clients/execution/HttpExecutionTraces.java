package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.BoundedStream;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * {@code debug_traceBlockByHash} of one execution client with its {@code prestateTracer} in the
 * mode that tells differences. The answer may be of many megabytes: it is read while it streams by,
 * and only balances of the accounts asked about are kept. A node that does not know the method, or
 * that is slow, is left alone for an hour. Shared by any number of threads.
 */
public final class HttpExecutionTraces implements ExecutionTraces {
  /** Full blocks of mainnet make some 10 MB; this is no longer a few accounts' worth. */
  private static final long BYTES_MAX = 64L << 20;

  /** No execution client may be kept from its work for longer. */
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private static final Duration LEFT_ALONE = Duration.ofHours(1);

  /** A block of 60 million gas holds less than 3,000. */
  private static final int TRANSACTIONS_MAX = 100_000;

  private static final String CONFIGURATION =
      "{\"tracer\":\"prestateTracer\",\"tracerConfig\":{\"diffMode\":true},\"timeout\":\"%ds\"}"
          .formatted(DEADLINE.toSeconds());

  private final HttpEndpoint endpoint;
  private final InstantSource time;
  private final Duration deadline;
  private volatile @Nullable Pause pause;

  /** Why the node is not asked, and until when. */
  private record Pause(Instant until, String reason) {}

  public HttpExecutionTraces(HttpEndpoint endpoint) {
    this(endpoint, InstantSource.system(), DEADLINE);
  }

  HttpExecutionTraces(HttpEndpoint endpoint, InstantSource time, Duration deadline) {
    this.endpoint = endpoint;
    this.time = time;
    this.deadline = deadline;
  }

  @Override
  public Answer trace(BlockHash block, Set<Address> accounts) {
    Pause now = pause;
    if (now != null && time.instant().isBefore(now.until())) {
      return new Answer.Untold(now.reason());
    }
    String asked = "trace the transactions of block " + block.toHex();
    try {
      return traced(block, accounts, asked);
    } catch (NodeException failed) {
      if (failed.error() == ClientError.INTERRUPTED || failed.error() == ClientError.CLOSED) {
        throw failed;
      }
      return leaveAlone(String.valueOf(failed.getMessage()));
    } catch (JacksonException malformed) {
      return leaveAlone(endpoint.name() + " was asked to " + asked + ": " + cause(malformed));
    } catch (JsonView.Unexpected malformed) {
      return leaveAlone(endpoint.name() + " was asked to " + asked + ": " + malformed.getMessage());
    }
  }

  /** A stream that broke or was too long or too slow ends the parser with its own words. */
  private static String cause(JacksonException failed) {
    return failed.getCause() instanceof IOException broken
        ? NodeException.detailOf(broken)
        : NodeJson.describe(failed);
  }

  private Answer leaveAlone(String reason) {
    pause = new Pause(time.instant().plus(LEFT_ALONE), reason);
    return new Answer.Untold(reason);
  }

  private Answer traced(BlockHash block, Set<Address> accounts, String asked) {
    String request =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"debug_traceBlockByHash\",\"params\":[\"%s\",%s]}"
            .formatted(block.toHex(), CONFIGURATION);
    byte[] body = request.getBytes(StandardCharsets.UTF_8);
    try (BoundedStream answer = endpoint.stream(body, asked, BYTES_MAX, deadline);
        JsonParser parser = endpoint.json().parser(answer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("the answer is not an object");
      }
      @Nullable Answer read = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("error") && value != JsonToken.VALUE_NULL) {
          return refused(RpcError.read(parser), asked);
        }
        if (name.equals("result") && value == JsonToken.START_ARRAY) {
          read = transactions(parser, accounts);
        } else {
          parser.skipChildren();
        }
      }
      if (read == null) {
        throw new JsonView.Unexpected("the answer has no list of traces");
      }
      return read;
    }
  }

  /** That it does not have a block says nothing of the next one. */
  private Answer refused(RpcError error, String asked) {
    String reason = endpoint.name() + " was asked to " + asked + ": " + error;
    return error.isMethodNotFound() ? leaveAlone(reason) : new Answer.Untold(reason);
  }

  private static Answer transactions(JsonParser parser, Set<Address> accounts) {
    Map<Address, List<Change>> changes = new HashMap<>();
    int transactions = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (++transactions > TRANSACTIONS_MAX) {
        throw new JsonView.Unexpected("it has more than " + TRANSACTIONS_MAX + " traces");
      }
      requireObject(parser, "a trace");
      boolean told = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isResult = parser.currentName().equals("result");
        JsonToken value = parser.nextToken();
        if (isResult && value == JsonToken.START_OBJECT) {
          difference(parser, accounts, changes);
          told = true;
        } else {
          parser.skipChildren();
        }
      }
      if (!told) {
        throw new JsonView.Unexpected("trace " + transactions + " has no result");
      }
    }
    return new Answer.Traced(transactions, Map.copyOf(changes));
  }

  private static void difference(
      JsonParser parser, Set<Address> accounts, Map<Address, List<Change>> changes) {
    Map<Address, Optional<Wei>> before = new HashMap<>();
    Map<Address, Optional<Wei>> after = new HashMap<>();
    int sides = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken _ = parser.nextToken();
      switch (name) {
        case "pre" -> {
          balances(parser, accounts, before);
          sides++;
        }
        case "post" -> {
          balances(parser, accounts, after);
          sides++;
        }
        default -> parser.skipChildren();
      }
    }
    if (sides != 2) {
      // Without the mode it is not a difference, and accounts that were only looked at are in it.
      throw new JsonView.Unexpected("a trace tells no difference");
    }
    Set<Address> touched = new HashSet<>(before.keySet());
    touched.addAll(after.keySet());
    for (Address account : touched) {
      changes
          .computeIfAbsent(account, _ -> new ArrayList<>())
          .add(
              new Change(
                  // One that is only there afterwards was empty before.
                  before.getOrDefault(account, Optional.of(Wei.ZERO)),
                  after.getOrDefault(account, Optional.empty()),
                  !after.containsKey(account)));
    }
  }

  private static void balances(
      JsonParser parser, Set<Address> accounts, Map<Address, Optional<Wei>> balances) {
    requireObject(parser, "a side of a difference");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      Address account = ExecutionBlockJson.value("account", parser.currentName(), Address::fromHex);
      JsonToken value = parser.nextToken();
      if (accounts.contains(account) && value == JsonToken.START_OBJECT) {
        balances.put(account, balance(parser));
      } else {
        parser.skipChildren();
      }
    }
  }

  private static Optional<Wei> balance(JsonParser parser) {
    Optional<Wei> balance = Optional.empty();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isBalance = parser.currentName().equals("balance");
      JsonToken value = parser.nextToken();
      if (isBalance && value == JsonToken.VALUE_STRING) {
        balance =
            Optional.of(
                new Wei(
                    ExecutionBlockJson.value(
                        "balance", parser.getString(), BlockFields::bigQuantity)));
      } else {
        parser.skipChildren();
      }
    }
    return balance;
  }

  private static void requireObject(JsonParser parser, String what) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new JsonView.Unexpected(what + " is not an object");
    }
  }

  @Override
  public String toString() {
    return "HttpExecutionTraces[" + endpoint.name() + "]";
  }
}
