package io.auriga.app.config;

import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json;
import io.auriga.types.AurigaException;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Hex;
import io.auriga.validators.watched.WatchError;
import io.auriga.validators.watched.WatchList;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads public keys from files: lists with one key a line ({@code 0x} optional, {@code #} begins a
 * comment), EIP-2335 keystores, and folders of both as clients lay them out. Nothing secret is
 * looked at, and no message repeats a line: it may be of a file that was named by mistake.
 */
final class KeyFiles {
  /** A keystore has a kilobyte. */
  private static final int KEYSTORE_BYTES_MAX = 64 << 10;

  /** As many lines as validators can be watched. */
  private static final long LIST_BYTES_MAX = 128L << 20;

  private static final int LINE_MAX = 1_024;

  /** Lighthouse keeps each keystore in a folder of its own. */
  private static final int DEPTH_MAX = 4;

  private KeyFiles() {}

  /**
   * All keys of a file or a folder.
   *
   * @throws AurigaException {@code AUR-WATCH-UNREADABLE} or {@code AUR-WATCH-BAD-NAME}, with the
   *     file and the line
   */
  static Set<BlsPublicKey> read(Path path) {
    Set<BlsPublicKey> keys = new HashSet<>();
    try {
      if (Files.isDirectory(path)) {
        for (Path file : files(path)) {
          if (file.toString().endsWith(".json")) {
            byte[] content = content(file);
            JsonNode json = json(file, content);
            // Other JSON lies beside keystores: deposits, exports of the slashing protection.
            if (json.isObject() && json.has("crypto") && json.has("pubkey")) {
              keys.add(pubkey(file, json));
            }
          } else {
            lines(file, keys);
          }
        }
      } else if (isJson(path)) {
        keys.add(pubkey(path, json(path, content(path))));
      } else {
        lines(path, keys);
      }
    } catch (IOException failure) {
      throw unreadable(
          path,
          Files.exists(path) ? failure.getClass().getSimpleName() : "there is no such file",
          failure);
    }
    if (keys.isEmpty()) {
      throw unreadable(path, "it holds no public key", null);
    }
    return keys;
  }

  /** The files of a folder that may hold keys, in order; what is hidden is left out. */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    var visitor =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return !inner.equals(folder) && isHidden(inner)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.toString();
            boolean named = name.endsWith(".json") || name.endsWith(".txt");
            if (attributes.isRegularFile() && named && !isHidden(file)) {
              files.add(file);
            }
            return files.size() > WatchList.NAMES_MAX
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        };
    Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, visitor);
    Collections.sort(files);
    return files;
  }

  private static boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  private static boolean isJson(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      for (byte first : stream.readNBytes(LINE_MAX)) {
        if (!Character.isWhitespace(first)) {
          return first == '{';
        }
      }
      return false;
    }
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(KEYSTORE_BYTES_MAX + 1);
    }
  }

  private static JsonNode json(Path file, byte[] content) {
    if (content.length > KEYSTORE_BYTES_MAX) {
      return Json.nodes().missingNode();
    }
    try {
      return Json.parse(content);
    } catch (HttpException malformed) {
      throw unreadable(file, "it is not JSON: not whole, or damaged", malformed);
    }
  }

  private static BlsPublicKey pubkey(Path file, JsonNode json) {
    if (!json.has("pubkey")) {
      throw unreadable(file, "it is no EIP-2335 keystore: it has no pubkey", null);
    }
    try {
      return WatchKeys.key(json.get("pubkey").asString(""));
    } catch (IllegalArgumentException malformed) {
      throw badKey("the pubkey of " + file, malformed);
    }
  }

  private static void lines(Path file, Set<BlsPublicKey> keys) throws IOException {
    if (Files.size(file) > LIST_BYTES_MAX) {
      throw unreadable(file, "it is larger than " + LIST_BYTES_MAX + " bytes", null);
    }
    int number = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (!text.isEmpty()) {
          try {
            keys.add(WatchKeys.key(text));
          } catch (IllegalArgumentException malformed) {
            throw badKey(file + ":" + number, malformed);
          }
        }
      }
    } catch (CharacterCodingException binary) {
      throw unreadable(file, "it is not a text: line " + (number + 1), binary);
    }
  }

  private static AurigaException badKey(String where, IllegalArgumentException cause) {
    return new AurigaException(
        WatchError.BAD_NAME, "read " + Hex.printable(where), "there is no public key", cause);
  }

  private static AurigaException unreadable(
      Path path, String problem, @org.jspecify.annotations.Nullable Exception cause) {
    return new AurigaException(
        WatchError.UNREADABLE, "read keys from " + Hex.printable(path.toString()), problem, cause);
  }
}
