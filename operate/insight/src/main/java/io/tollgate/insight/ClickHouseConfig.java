package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which store keeps the request log, and where ClickHouse is.
 *
 * @param sent whether another process keeps it, to which it is sent
 * @param server empty where the store is DuckDB's file
 */
record ClickHouseConfig(boolean sent, Optional<ClickHouseServer> server) {
  /** A store of the request log. */
  private enum Store {
    DUCKDB,
    CLICKHOUSE,
    NATS
  }

  private static final Setting<Store> STORE =
      Setting.choice(
          "insight.store",
          Store.DUCKDB,
          "Where the request log is kept: a file of the process that relays, ClickHouse, which many"
              + " processes share, or (nats) the file of another process, to which it is sent.");
  private static final Setting<String> URL =
      Setting.text(
          "clickhouse.url",
          "http://127.0.0.1:8123",
          "HTTP interface of the ClickHouse server that keeps the request log.");
  private static final Setting<String> DATABASE =
      Setting.text("clickhouse.database", "default", "Its database, which must be there.");
  private static final Setting<String> USER =
      Setting.optionalText("clickhouse.user", "User that logs in at ClickHouse.");
  private static final Setting<String> PASSWORD =
      Setting.secret("clickhouse.password", "That user's password.");
  private static final Setting<Integer> TIMEOUT_MS =
      Setting.number(
          "clickhouse.timeout.ms",
          60_000,
          1_000,
          3_600_000,
          "Milliseconds for one question to ClickHouse.");

  ClickHouseConfig {
    requireNonNull(server, "server is null");
  }

  static List<Setting<?>> settings() {
    return List.of(STORE, URL, DATABASE, USER, PASSWORD, TIMEOUT_MS);
  }

  static ClickHouseConfig from(Settings settings) {
    return switch (settings.get(STORE)) {
      case DUCKDB -> new ClickHouseConfig(false, Optional.empty());
      case NATS -> new ClickHouseConfig(true, Optional.empty());
      case CLICKHOUSE ->
          new ClickHouseConfig(
              false,
              Optional.of(
                  new ClickHouseServer(
                      url(settings.get(URL)),
                      settings.get(DATABASE),
                      settings.find(USER),
                      settings.find(PASSWORD),
                      Duration.ofMillis(settings.get(TIMEOUT_MS)))));
    };
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "clickhouse.url: " + text + " (expected: http://host:8123 or https://host:8443)");
  }
}
