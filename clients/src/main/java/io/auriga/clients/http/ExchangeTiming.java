package io.auriga.clients.http;

import java.time.Duration;

/**
 * How long an exchange took, as far as the JDK's client lets us see: when it opens a connection it
 * does not tell how long that took, so such an exchange has that within its first byte. {@link
 * ConnectProbe} measures opening by itself.
 *
 * @param opened whether the exchange was the first on its connection
 * @param firstByte from sending the request to the answer's head
 * @param rest from there to the last byte
 */
public record ExchangeTiming(boolean opened, Duration firstByte, Duration rest) {}
