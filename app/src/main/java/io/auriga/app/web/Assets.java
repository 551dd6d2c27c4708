package io.auriga.app.web;

import io.auriga.runtime.http.Response;
import io.auriga.runtime.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The style sheets, scripts, fonts and pictures of the pages, read once from the program. */
final class Assets {
  private static final Map<String, String> FILES =
      Map.of(
          "base.css", "text/css; charset=utf-8",
          "parts.css", "text/css; charset=utf-8",
          "theme.js", "text/javascript; charset=utf-8",
          "live.js", "text/javascript; charset=utf-8",
          "morph.js", "text/javascript; charset=utf-8",
          "clock.js", "text/javascript; charset=utf-8",
          "controls.js", "text/javascript; charset=utf-8",
          "favicon.svg", "image/svg+xml",
          "atkinson-next.woff2", "font/woff2",
          "atkinson-mono.woff2", "font/woff2");

  private Assets() {}

  static void register(Routes routes) {
    FILES.forEach(
        (name, type) -> {
          byte[] bytes = read(name);
          // Asked again each time, and answered with 304: an upgrade shows at once.
          Response response =
              Response.bytes(type, bytes)
                  .withHeader("Cache-Control", "no-cache")
                  .withHeader("ETag", etag(bytes));
          routes.get("/asset/" + name, request -> response);
        });
  }

  private static byte[] read(String name) {
    try (InputStream file = Assets.class.getResourceAsStream("asset/" + name)) {
      if (file == null) {
        throw new IllegalStateException("The program lacks its file " + name);
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 8) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }
}
