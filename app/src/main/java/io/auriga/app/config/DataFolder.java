package io.auriga.app.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where a user's programs keep their data, by the custom of the system. */
final class DataFolder {
  private static final String NAME = "auriga";

  private DataFolder() {}

  static Path of(Map<String, String> environment) {
    String home = System.getProperty("user.home", ".");
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac")) {
      return Path.of(home, "Library", "Application Support", "Auriga");
    }
    String data = environment.get("XDG_DATA_HOME");
    return data == null || !Path.of(data).isAbsolute()
        ? Path.of(home, ".local", "share", NAME)
        : Path.of(data, NAME);
  }
}
