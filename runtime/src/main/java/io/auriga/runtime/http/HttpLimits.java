package io.auriga.runtime.http;

import java.util.Map;

/**
 * The limits that the JDK's server reads once, from system properties, when its classes load. A
 * process that has several servers calls this first thing.
 */
public final class HttpLimits {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Without it an answer waits some 40 ms for the acknowledgement of its header.
          "sun.net.httpserver.nodelay", "true",
          // Seconds for the request with its body; stops clients that drip.
          "sun.net.httpserver.maxReqTime", "30",
          "sun.net.httpserver.idleInterval", "60",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "65536",
          "sun.net.httpserver.maxIdleConnections", "200",
          // The answer has no limit here, as event streams are answers: see ExchangeDeadline.
          "jdk.httpserver.maxConnections", "1024");

  private HttpLimits() {}

  /** Sets what the operator has not set by hand. */
  public static void install() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
