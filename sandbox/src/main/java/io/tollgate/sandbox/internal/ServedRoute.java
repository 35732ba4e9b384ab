package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Served;
import io.tollgate.sandbox.internal.served.Usage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/**
 * {@code GET /served}: totals, and counts by request id; {@code ?request_id=A&request_id=B} narrows
 * the latter. Written as fast as the caller reads.
 */
final class ServedRoute {
  private static final int PART_CHARS = 64 * 1024;

  private final Served served;

  ServedRoute(Served served) {
    this.served = served;
  }

  void handle(HttpServerRequest request) {
    List<String> ids = request.params().getAll("request_id");
    List<Served.Entry> entries = ids.isEmpty() ? served.entries() : served.entries(ids);
    HttpServerResponse response = request.response();
    response.setChunked(true).putHeader("Content-Type", "application/json");
    StringBuilder json =
        new StringBuilder(256)
            .append("{\"requests\":")
            .append(served.requests())
            .append(",\"input_tokens\":")
            .append(served.total().input())
            .append(",\"output_tokens\":")
            .append(served.total().output());
    kinds(json, served.total());
    json.append(",\"by_request_id\":{");
    write(response, json, entries.iterator(), true);
  }

  private static void write(
      HttpServerResponse response,
      StringBuilder json,
      Iterator<Served.Entry> entries,
      boolean first) {
    boolean comma = !first;
    while (entries.hasNext() && json.length() < PART_CHARS) {
      if (comma) {
        json.append(',');
      }
      comma = true;
      entry(json, entries.next());
    }
    if (entries.hasNext()) {
      response
          .write(Replies.bytes(json.toString()))
          .onSuccess(
              written -> write(response, new StringBuilder(PART_CHARS + 512), entries, false));
    } else {
      response.end(Replies.bytes(json.append("}}").toString()));
    }
  }

  private static void entry(StringBuilder json, Served.Entry entry) {
    JsonText.quote(json, entry.requestId());
    Served.Counts counts = entry.counts();
    json.append(":{\"attempts\":")
        .append(counts.attempts())
        .append(",\"input_tokens\":")
        .append(counts.usage().input())
        .append(",\"output_tokens\":")
        .append(counts.usage().output())
        .append(",\"completed\":")
        .append(counts.completed());
    kinds(json, counts.usage());
    json.append('}');
  }

  private static void kinds(StringBuilder json, Usage usage) {
    usage
        .further()
        .forEach((kind, amount) -> json.append(",\"" + kind.text() + "\":").append(amount));
  }
}
