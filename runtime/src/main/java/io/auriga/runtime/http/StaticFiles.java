package io.auriga.runtime.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Files of the program that pages need. Each is named when the process is wired and then in memory:
 * there is no path of a request that could lead to another file.
 */
public final class StaticFiles {
  private static final int ETAG_BYTES = 16;
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", Response.JSON,
          "yaml", "application/yaml",
          "html", Response.HTML,
          "txt", Response.TEXT);

  private StaticFiles() {}

  /**
   * Serves files of the class path, as found by {@link Class#getResourceAsStream}, below a path.
   *
   * @param prefix such as {@code /assets/}
   */
  public static void add(Routes routes, String prefix, Class<?> anchor, String... files) {
    for (String file : files) {
      Response response = response(anchor, file);
      routes.get(prefix + file.substring(file.lastIndexOf('/') + 1), request -> response);
    }
  }

  private static Response response(Class<?> anchor, String file) {
    byte[] bytes;
    try (InputStream stream = anchor.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("No file " + file + " beside " + anchor.getName());
      }
      bytes = stream.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    String extension = file.substring(file.lastIndexOf('.') + 1);
    String type =
        Optional.ofNullable(TYPES.get(extension))
            .orElseThrow(() -> new IllegalArgumentException("No content type for " + file));
    return Response.bytes(type, bytes)
        .withHeader("ETag", etag(bytes))
        // Kept by the browser, but asked for again each time: an upgrade shows at once.
        .withHeader("Cache-Control", "no-cache");
  }

  /** Weak, because the same content also goes out compressed. */
  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "W/\"" + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }
}
