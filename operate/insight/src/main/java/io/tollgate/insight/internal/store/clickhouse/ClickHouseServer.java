package io.tollgate.insight.internal.store.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a server of ClickHouse is, and as whom it is asked.
 *
 * @param url of its HTTP interface
 * @param timeout of one question
 */
public record ClickHouseServer(
    URI url, String database, Optional<String> user, Optional<String> password, Duration timeout) {
  public ClickHouseServer {
    requireNonNull(url, "url is null");
    requireNonNull(database, "database is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(timeout, "timeout is null");
  }

  /** Where a query is sent to. */
  URI at(String query, String queryId) {
    return URI.create(
        url.toString().replaceAll("/+$", "")
            + "/?database="
            + encoded(database)
            + "&query_id="
            + encoded(queryId)
            + (query.isEmpty() ? "" : "&query=" + encoded(query)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ClickHouseServer[url=" + url + ", database=" + database + "]";
  }
}
