package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which PostgreSQL is used and how.
 *
 * @param url JDBC URL of a server of one's own; the embedded one when empty
 * @param user who connects to it; owner of the database
 * @param password that user's password
 * @param embeddedPort port the embedded server tries first; 0 for any
 * @param poolSize connections at most
 * @param poolWait how long a caller waits for a connection before being answered UNAVAILABLE
 * @param statementTimeout after which a statement is cancelled
 * @param events how long events are kept
 */
public record DatabaseConfig(
    Optional<String> url,
    Optional<String> user,
    Optional<String> password,
    int embeddedPort,
    int poolSize,
    Duration poolWait,
    Duration statementTimeout,
    EventsConfig events) {
  public static final Setting<String> URL =
      Setting.optionalText(
          "postgres.url",
          "JDBC URL of your own PostgreSQL 18 (jdbc:postgresql://host:5432/database);"
              + " without it a server of our own is started");
  public static final Setting<String> USER =
      Setting.optionalText("postgres.user", "user that owns the database, with postgres.url");
  public static final Setting<String> PASSWORD =
      Setting.secret("postgres.password", "that user's password");
  public static final Setting<Integer> EMBEDDED_PORT =
      Setting.port("postgres.port", 0, "port the embedded PostgreSQL tries first; 0 for any");
  public static final Setting<Integer> POOL_SIZE =
      Setting.number("postgres.pool.size", 16, 2, 500, "connections to PostgreSQL at most");
  public static final Setting<Integer> POOL_WAIT_MS =
      Setting.number(
          "postgres.pool.wait.ms",
          5_000,
          250,
          60_000,
          "milliseconds a request waits for a connection before it is refused");
  public static final Setting<Integer> STATEMENT_TIMEOUT_MS =
      Setting.number(
          "postgres.statement.timeout.ms",
          30_000,
          100,
          3_600_000,
          "milliseconds after which a statement is cancelled");

  public DatabaseConfig {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(poolWait, "poolWait is null");
    requireNonNull(statementTimeout, "statementTimeout is null");
    requireNonNull(events, "events is null");
    if (poolSize < 2) {
      throw new IllegalArgumentException("pool size: " + poolSize + " (expected: >= 2)");
    }
  }

  public static List<Setting<?>> settings() {
    return Stream.concat(
            Stream.<Setting<?>>of(
                URL, USER, PASSWORD, EMBEDDED_PORT, POOL_SIZE, POOL_WAIT_MS, STATEMENT_TIMEOUT_MS),
            EventsConfig.settings().stream())
        .toList();
  }

  public static DatabaseConfig from(Settings settings) {
    return new DatabaseConfig(
        settings.find(URL),
        settings.find(USER),
        settings.find(PASSWORD),
        settings.get(EMBEDDED_PORT),
        settings.get(POOL_SIZE),
        Duration.ofMillis(settings.get(POOL_WAIT_MS)),
        Duration.ofMillis(settings.get(STATEMENT_TIMEOUT_MS)),
        EventsConfig.from(settings));
  }

  /** The same with another bound for statements. */
  public DatabaseConfig withStatementTimeout(Duration timeout) {
    return new DatabaseConfig(
        url, user, password, embeddedPort, poolSize, poolWait, timeout, events);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "DatabaseConfig[url=" + url.orElse("embedded") + ", poolSize=" + poolSize + "]";
  }
}
