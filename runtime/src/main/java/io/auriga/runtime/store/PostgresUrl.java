package io.auriga.runtime.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code postgresql://user@host:port/database?sslmode=…}, taken apart; never with a password. */
record PostgresUrl(String host, int port, String database, String user, Properties options) {
  private static final int DEFAULT_PORT = 5432;

  /** What an operator needs to reach a server; everything else is ours to decide. */
  private static final Set<String> OPTIONS =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "currentSchema");

  static PostgresUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException malformed) {
      throw bad("postgresql://…", String.valueOf(malformed.getReason()));
    }
    @Nullable String user = uri.getUserInfo();
    // The text itself is not repeated in a message before it is known to hold no password.
    if (user == null || user.isEmpty() || user.contains(":")) {
      throw bad(
          "postgresql://…",
          user == null || user.isEmpty()
              ? "it names no user"
              : "it holds a password, which belongs in a file");
    }
    if (uri.getHost() == null) {
      throw bad(text, "it names no host");
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    if (!path.matches("/[^/]+")) {
      throw bad(text, "it names no database");
    }
    Properties options = new Properties();
    if (uri.getQuery() != null) {
      for (String option : uri.getQuery().split("&", -1)) {
        int equals = option.indexOf('=');
        String name = equals < 0 ? option : option.substring(0, equals);
        if (equals < 0 || !OPTIONS.contains(name)) {
          throw bad(
              text, "option \"" + name + "\" is none of " + OPTIONS.stream().sorted().toList());
        }
        options.setProperty(name, option.substring(equals + 1));
      }
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new PostgresUrl(uri.getHost(), port, path.substring(1), user, options);
  }

  String jdbc() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  String shown() {
    @Nullable String schema = options.getProperty("currentSchema");
    return "postgresql://%s@%s:%d/%s".formatted(user, host, port, database)
        + (schema == null ? "" : "?currentSchema=" + schema);
  }

  /** A new set of driver properties. */
  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(options);
    properties.setProperty("user", user);
    return properties;
  }

  private static StoreException bad(String url, String problem) {
    return new StoreException(StoreError.BAD_URL, "use the store " + url, problem);
  }
}
