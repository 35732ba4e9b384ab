package io.tollgate.insight.internal.store.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.insight.internal.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Asks a server of ClickHouse over HTTP. Safe for use by many threads. */
final class ClickHouseHttp implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int SHOWN_MAX = 500;

  private final ClickHouseServer server;
  private final String writer;
  private final AtomicLong asked = new AtomicLong();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /**
   * @param writer a name that queries of this process and of those before it begin with
   */
  ClickHouseHttp(ClickHouseServer server, String writer) {
    this.server = server;
    this.writer = writer;
  }

  /** Lines of the answer, each a row of fields apart by tabs. */
  List<String> rows(String query) throws StoreException {
    HttpResponse<String> answer =
        send(
            request("", "read", BodyPublishers.ofString(query + " FORMAT TabSeparated")),
            BodyHandlers.ofString(UTF_8));
    require(answer.statusCode(), answer.body());
    return answer.body().lines().toList();
  }

  /** Has something done. */
  void run(String query) throws StoreException {
    HttpResponse<String> answer =
        send(request("", "run", BodyPublishers.ofString(query)), BodyHandlers.ofString(UTF_8));
    require(answer.statusCode(), answer.body());
  }

  /** Inserts rows in one piece. */
  void insert(String query, byte[] rows) throws StoreException {
    HttpResponse<String> answer =
        send(
            request(query, "insert", BodyPublishers.ofByteArray(rows)),
            BodyHandlers.ofString(UTF_8));
    require(answer.statusCode(), answer.body());
  }

  /** The answer as it comes; to be closed. */
  InputStream stream(String query) throws StoreException {
    HttpResponse<InputStream> answer =
        send(request("", "export", BodyPublishers.ofString(query)), BodyHandlers.ofInputStream());
    if (answer.statusCode() != OK) {
      try (InputStream body = answer.body()) {
        require(answer.statusCode(), new String(body.readNBytes(SHOWN_MAX), UTF_8));
      } catch (IOException e) {
        throw away(e);
      }
    }
    return answer.body();
  }

  /** What the queries that insert begin with, of this process and of those before it. */
  String inserting() {
    return writer + "-insert-";
  }

  private HttpRequest request(String query, String kind, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                server.at(query, writer + "-" + kind + "-" + asked.incrementAndGet()))
            .timeout(server.timeout())
            .POST(body);
    server.user().ifPresent(user -> request.header("X-ClickHouse-User", user));
    server.password().ifPresent(password -> request.header("X-ClickHouse-Key", password));
    return request.build();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws StoreException {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw away(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while ClickHouse was asked", e);
    }
  }

  private static StoreException away(IOException e) {
    return new StoreException("ClickHouse does not answer", e);
  }

  private static void require(int status, String body) throws StoreException {
    if (status != OK) {
      String why = body.substring(0, Math.min(SHOWN_MAX, body.length())).strip();
      throw new StoreException("ClickHouse answered " + status + ": " + why);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
