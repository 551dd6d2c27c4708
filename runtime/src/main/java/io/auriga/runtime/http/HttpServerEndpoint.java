package io.auriga.runtime.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.auriga.types.AurigaException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@link Routes} over HTTP on the JDK's own server, each request on a virtual thread. At
 * most so many requests at once, each with a deadline; more are refused at once, not queued.
 */
public final class HttpServerEndpoint implements AutoCloseable {
  static {
    HttpLimits.install();
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpServerEndpoint.class);
  private static final int URI_LENGTH_MAX = 8_192;
  private static final int BACKLOG = 128;

  /** How long closing waits for the requests under way. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  private final HttpServerConfig config;
  private final Routes routes;
  private final RequestObserver observer;
  private final HttpServer server;
  private final HostCheck hostCheck;
  private final ResponseWriter writer;
  private final Semaphore places;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("auriga-http-", 0).factory());
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("auriga-http-deadlines").factory());
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<SseStream.Client> listeners = ConcurrentHashMap.newKeySet();

  /**
   * Binds the address; {@link #start} begins to answer.
   *
   * @throws HttpException {@code AUR-HTTP-CANNOT-LISTEN}
   */
  public HttpServerEndpoint(HttpServerConfig config, Routes routes, RequestObserver observer) {
    this.config = config;
    this.routes = routes;
    this.observer = observer;
    this.writer = new ResponseWriter(config);
    this.places = new Semaphore(config.requestsMax());
    InetSocketAddress address = config.address();
    if (address.isUnresolved()) {
      throw new HttpException(
          HttpError.CANNOT_LISTEN, "listen on " + text(address), "the host's name has no address");
    }
    this.hostCheck = new HostCheck(address.getAddress(), config.allowedHosts());
    try {
      this.server = HttpServer.create(address, BACKLOG);
    } catch (IOException refused) {
      throw new HttpException(
          HttpError.CANNOT_LISTEN,
          "listen on " + text(address),
          String.valueOf(refused.getMessage()),
          refused);
    }
    timer.setRemoveOnCancelPolicy(true);
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** Begins to answer. */
  public void start() {
    server.start();
  }

  /** The address, with the port in use. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** What a person types into a browser. */
  public URI uri() {
    InetSocketAddress address = address();
    String host = address.getAddress().getHostAddress();
    if (address.getAddress().isAnyLocalAddress()) {
      host = "localhost";
    }
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
  }

  /**
   * Ends the event streams, waits a little for the requests under way, then cuts what is left. New
   * requests are refused meanwhile. The JDK's own wait is not used: it would count an exchange that
   * was cut as still under way.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    listeners.forEach(SseStream.Client::finish);
    try {
      long until = System.nanoTime() + GRACE.toNanos();
      boolean idle = places.tryAcquire(config.requestsMax(), GRACE.toNanos(), TimeUnit.NANOSECONDS);
      synchronized (listeners) {
        for (long left = until - System.nanoTime();
            idle && left > 0 && !listeners.isEmpty();
            left = until - System.nanoTime()) {
          TimeUnit.NANOSECONDS.timedWait(listeners, left);
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
    timer.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    long began = System.nanoTime();
    ExchangeDeadline deadline = new ExchangeDeadline(timer);
    Served served = new Served();
    try {
      serve(exchange, deadline, served);
    } catch (InterruptedException cut) {
      throw new IOException("The exchange was ended from outside", cut);
    } finally {
      deadline.clear();
      String method = exchange.getRequestMethod();
      observer.served(
          served.route,
          METHODS.contains(method) ? method : "OTHER",
          served.status,
          Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** What this throws makes the JDK's server cut the connection. */
  private void serve(HttpExchange exchange, ExchangeDeadline deadline, Served served)
      throws IOException, InterruptedException {
    Request request = new Request(exchange, config.bodyBytesMax());
    Response response;
    if (places.tryAcquire()) {
      try {
        deadline.set(config.answerTime());
        response = guarded(request, exchange, deadline, served);
        if (!(response.body() instanceof Response.Body.Events)) {
          served.status = response.status();
          writer.write(exchange, request, response, deadline);
          exchange.close();
          return;
        }
      } finally {
        places.release();
      }
      if (response.body() instanceof Response.Body.Events body
          && !request.method().equals("HEAD")) {
        events(exchange, request, response, body, deadline, served);
        return;
      }
      response = Response.noContent();
    } else {
      response = busy(config.requestsMax() + " requests are under way already");
    }
    served.status = response.status();
    writer.write(exchange, request, response, deadline);
    exchange.close();
  }

  /** The handler's response, or the one that says why there is none. */
  private Response guarded(
      Request request, HttpExchange exchange, ExchangeDeadline deadline, Served served) {
    Response response;
    try {
      response = answer(request, exchange, served);
    } catch (HttpException refused) {
      response = Response.error(refused.error().status(), refused);
      response =
          switch (refused.error()) {
            case BODY_TOO_LARGE, BAD_REQUEST -> response.withHeader("Connection", "close");
            case UNAUTHORIZED -> response.withHeader("WWW-Authenticate", "Bearer");
            default -> response;
          };
    } catch (AurigaException failure) {
      LOG.atWarn()
          .addKeyValue("route", served.route)
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("Request not answered");
      response = Response.error(HttpError.BUSY.status(), failure);
    } catch (RuntimeException bug) {
      LOG.atError().addKeyValue("route", served.route).setCause(bug).log("Request failed");
      response = error(HttpError.INTERNAL, "an unexpected failure");
    }
    deadline.clear();
    return deadline.clearExpired()
        ? error(HttpError.TIMEOUT, "no answer within " + config.answerTime().toMillis() + " ms")
        : response;
  }

  private Response answer(Request request, HttpExchange exchange, Served served) {
    hostCheck.check(request);
    List<String> path = path(exchange.getRequestURI());
    String method = request.method();
    Optional<Routes.Match> match = routes.match(method.equals("HEAD") ? "GET" : method, path);
    if (match.isEmpty()) {
      return unmatched(request, path);
    }
    Routes.Route route = match.get().route();
    served.route = route.pattern();
    BearerToken token = route.token();
    if (token != null && !token.opens(request.header("Authorization"))) {
      throw new HttpException(
          HttpError.UNAUTHORIZED, "answer the request", "the token is missing or another one");
    }
    return route.handler().handle(request.with(match.get().parameters()));
  }

  private Response unmatched(Request request, List<String> path) {
    SortedSet<String> methods = routes.methods(path);
    if (methods.isEmpty()) {
      throw new HttpException(
          HttpError.NOT_FOUND, "answer the request", "there is nothing at " + request.path());
    }
    String allow = String.join(", ", methods);
    return (request.method().equals("OPTIONS")
            ? Response.noContent()
            : error(HttpError.METHOD_NOT_ALLOWED, request.path() + " has no " + request.method()))
        .withHeader("Allow", allow);
  }

  private static List<String> path(URI uri) {
    String raw = uri.getRawPath();
    if (raw == null || !raw.startsWith("/")) {
      throw new HttpException(HttpError.BAD_REQUEST, "read the path", "it does not begin with /");
    }
    if (uri.toString().length() > URI_LENGTH_MAX) {
      throw new HttpException(
          HttpError.PATH_TOO_LONG,
          "read the path",
          "with its query it has more than " + URI_LENGTH_MAX + " characters");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : RoutePattern.split(raw)) {
      segments.add(Request.decode(segment, false));
    }
    return segments;
  }

  private void events(
      HttpExchange exchange,
      Request request,
      Response response,
      Response.Body.Events body,
      ExchangeDeadline deadline,
      Served served)
      throws IOException, InterruptedException {
    Optional<SseStream.Client> joined = body.stream().join();
    if (joined.isEmpty()) {
      served.status = HttpError.BUSY.status();
      writer.write(exchange, request, busy("all places of the event stream are taken"), deadline);
      exchange.close();
      return;
    }
    served.status = response.status();
    try (SseStream.Client client = joined.get()) {
      listeners.add(client);
      try {
        client.serve(writer.beginEvents(exchange, response, deadline), body.first());
        exchange.close();
      } finally {
        synchronized (listeners) {
          listeners.remove(client);
          listeners.notifyAll();
        }
      }
    }
  }

  private static Response busy(String problem) {
    return error(HttpError.BUSY, problem).withHeader("Retry-After", "2");
  }

  private static Response error(HttpError error, String problem) {
    return Response.error(error.status(), new HttpException(error, "answer the request", problem));
  }

  /** What the observer is told. */
  private static final class Served {
    private String route = RequestObserver.UNMATCHED;
    private int status;
  }
}
