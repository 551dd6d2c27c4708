package io.auriga.runtime.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where the endpoint listens, and its limits.
 *
 * @param address loopback unless the operator says otherwise; port 0 takes any free one
 * @param allowedHosts names, beside those of loopback, that a {@code Host} header may have; on any
 *     other address an empty list allows all
 * @param requestsMax how many requests may be under way; event streams have their own limit
 * @param bodyBytesMax the largest body of a request
 * @param answerTime how long a handler may take
 * @param stallTime how long a client may refuse to take one more piece of the answer
 * @param streamTime how long a streamed answer may take in all
 */
public record HttpServerConfig(
    InetSocketAddress address,
    List<String> allowedHosts,
    int requestsMax,
    int bodyBytesMax,
    Duration answerTime,
    Duration stallTime,
    Duration streamTime) {

  /** A page of a thousand withdrawals waits in memory for its reader; more would not fit 128 MB. */
  private static final int REQUESTS_MAX = 64;

  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final Duration ANSWER_TIME = Duration.ofSeconds(30);
  private static final Duration STALL_TIME = Duration.ofSeconds(20);
  private static final Duration STREAM_TIME = Duration.ofMinutes(15);

  public HttpServerConfig {
    allowedHosts = List.copyOf(allowedHosts);
    if (requestsMax < 1 || bodyBytesMax < 0) {
      throw new IllegalArgumentException(
          "Limits must be positive: " + requestsMax + " requests, " + bodyBytesMax + " bytes");
    }
  }

  /** The usual limits. */
  public static HttpServerConfig on(InetSocketAddress address) {
    return new HttpServerConfig(
        address, List.of(), REQUESTS_MAX, BODY_BYTES_MAX, ANSWER_TIME, STALL_TIME, STREAM_TIME);
  }

  public HttpServerConfig withAllowedHosts(List<String> hosts) {
    return new HttpServerConfig(
        address, hosts, requestsMax, bodyBytesMax, answerTime, stallTime, streamTime);
  }

  public HttpServerConfig withRequestsMax(int count) {
    return new HttpServerConfig(
        address, allowedHosts, count, bodyBytesMax, answerTime, stallTime, streamTime);
  }

  public HttpServerConfig withBodyBytesMax(int bytes) {
    return new HttpServerConfig(
        address, allowedHosts, requestsMax, bytes, answerTime, stallTime, streamTime);
  }

  public HttpServerConfig withAnswerTime(Duration time) {
    return new HttpServerConfig(
        address, allowedHosts, requestsMax, bodyBytesMax, time, stallTime, streamTime);
  }

  public HttpServerConfig withStallTime(Duration time) {
    return new HttpServerConfig(
        address, allowedHosts, requestsMax, bodyBytesMax, answerTime, time, streamTime);
  }
}
