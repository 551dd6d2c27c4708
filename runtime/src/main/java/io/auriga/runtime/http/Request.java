package io.auriga.runtime.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request as a handler sees it: decoded, bounded, with errors that name the part at fault. */
public final class Request {
  private static final int QUERY_PARAMETERS_MAX = 64;

  private final HttpExchange exchange;
  private final int bodyBytesMax;
  private final Map<String, String> pathParameters;
  private @Nullable Map<String, List<String>> query;
  private byte @Nullable [] body;

  Request(HttpExchange exchange, int bodyBytesMax) {
    this(exchange, bodyBytesMax, Map.of());
  }

  private Request(HttpExchange exchange, int bodyBytesMax, Map<String, String> pathParameters) {
    this.exchange = exchange;
    this.bodyBytesMax = bodyBytesMax;
    this.pathParameters = pathParameters;
  }

  /** The same request on the route that gave its path these parameters. */
  Request with(Map<String, String> parameters) {
    return new Request(exchange, bodyBytesMax, parameters);
  }

  public String method() {
    return exchange.getRequestMethod();
  }

  /** The path as sent, without the query. */
  public String path() {
    return exchange.getRequestURI().getRawPath();
  }

  /** The part of the path that the pattern's braces name. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter {" + name + "}");
    }
    return value;
  }

  /**
   * The part of the path that the pattern's braces name, parsed.
   *
   * @param parser throws {@link IllegalArgumentException} for text that it does not take
   */
  public <T> T pathParameter(String name, Function<String, T> parser) {
    return parsed("path parameter " + name, pathParameter(name), parser);
  }

  /**
   * The query parameter of that name, if it is there.
   *
   * @throws HttpException if it is there more than once
   */
  public Optional<String> query(String name) {
    List<String> values = queryAll(name);
    if (values.size() > 1) {
      throw new HttpException(
          HttpError.BAD_REQUEST, "read query parameter " + name, "it is given more than once");
    }
    return values.stream().findFirst();
  }

  /**
   * The query parameter of that name, parsed.
   *
   * @param parser throws {@link IllegalArgumentException} for text that it does not take
   */
  public <T> Optional<T> query(String name, Function<String, T> parser) {
    return query(name).map(value -> parsed("query parameter " + name, value, parser));
  }

  /** All values of a query parameter that may be repeated. */
  public List<String> queryAll(String name) {
    return query().getOrDefault(name, List.of());
  }

  /**
   * Refuses parameters that the handler would ignore: a misspelt filter must not answer with
   * everything.
   */
  public void requireOnly(String... names) {
    Set<String> known = Set.of(names);
    for (String name : query().keySet()) {
      if (!known.contains(name)) {
        throw new HttpException(
            HttpError.BAD_REQUEST,
            "read query parameter " + name,
            "this route knows only " + known.stream().sorted().toList());
      }
    }
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /**
   * The whole body.
   *
   * @throws HttpException if it is larger than the endpoint takes
   */
  public byte[] body() {
    byte[] known = body;
    if (known != null) {
      return known;
    }
    byte[] read;
    try {
      read = exchange.getRequestBody().readNBytes(bodyBytesMax + 1);
    } catch (IOException cut) {
      throw new HttpException(
          HttpError.BAD_REQUEST, "read the body", String.valueOf(cut.getMessage()), cut);
    }
    if (read.length > bodyBytesMax) {
      throw new HttpException(
          HttpError.BODY_TOO_LARGE, "read the body", "it has more than " + bodyBytesMax + " bytes");
    }
    body = read;
    return read;
  }

  /** The body as JSON. */
  public JsonNode json() {
    return Json.parse(body());
  }

  /** Percent-decodes one segment or value of a URI. */
  static String decode(String text, boolean plusIsSpace) {
    try {
      return URLDecoder.decode(
          plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new HttpException(
          HttpError.BAD_REQUEST, "read the path", "a percent sign is not followed by two digits");
    }
  }

  private Map<String, List<String>> query() {
    Map<String, List<String>> known = query;
    if (known == null) {
      known = parse(exchange.getRequestURI().getRawQuery());
      query = known;
    }
    return known;
  }

  private static <T> T parsed(String what, String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException refused) {
      throw new HttpException(
          HttpError.BAD_REQUEST, "read " + what, String.valueOf(refused.getMessage()), refused);
    }
  }

  private static Map<String, List<String>> parse(@Nullable String rawQuery) {
    Map<String, List<String>> query = new TreeMap<>();
    if (rawQuery == null || rawQuery.isEmpty()) {
      return query;
    }
    String[] pairs = rawQuery.split("&", QUERY_PARAMETERS_MAX + 1);
    if (pairs.length > QUERY_PARAMETERS_MAX) {
      throw new HttpException(
          HttpError.BAD_REQUEST,
          "read the query",
          "it has more than " + QUERY_PARAMETERS_MAX + " parameters");
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
        query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }
}
