package io.auriga.app.web;

import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.types.Hex;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Takes what the demo's controls post. It moves nothing but the clock of a recording, and the
 * endpoint refuses posts of other origins, so it needs no token.
 */
final class ReplayRoute {
  private static final double SLOWEST = 0.5;
  private static final double FASTEST = 60;

  private final ReplayControl control;
  private final LiveFeed feed;

  ReplayRoute(ReplayControl control, LiveFeed feed) {
    this.control = control;
    this.feed = feed;
  }

  /** A form of {@code speed} or {@code paused}. */
  Response set(Request request) {
    String form = new String(request.body(), StandardCharsets.UTF_8);
    int equals = form.indexOf('=');
    String name = equals < 0 ? form : form.substring(0, equals);
    String value = equals < 0 ? "" : decoded(form.substring(equals + 1));
    switch (name) {
      case "speed" -> {
        control.speed(speed(value));
        control.pause(false);
      }
      case "paused" -> control.pause(paused(value));
      default ->
          throw refused("the form", "it has neither speed nor paused: " + Hex.abbreviate(name));
    }
    feed.changed();
    return Response.redirect("/").withStatus(303);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw refused("the form", "a percent sign is not followed by two digits");
    }
  }

  private static double speed(String value) {
    double speed;
    try {
      speed = Double.parseDouble(value);
    } catch (NumberFormatException wrong) {
      throw refused("speed", "not a number: " + Hex.abbreviate(value));
    }
    if (!(speed >= SLOWEST && speed <= FASTEST)) {
      throw refused("speed", "not from " + SLOWEST + " to " + FASTEST);
    }
    return speed;
  }

  private static boolean paused(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused("paused", "neither true nor false: " + Hex.abbreviate(value));
    };
  }

  private static HttpException refused(String what, String problem) {
    return new HttpException(HttpError.BAD_REQUEST, "read " + what, problem);
  }
}
