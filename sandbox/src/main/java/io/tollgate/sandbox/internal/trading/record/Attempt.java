package io.tollgate.sandbox.internal.trading.record;

import io.tollgate.sandbox.internal.json.JsonBody;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A try to place an order, and what became of it.
 *
 * @param real milliseconds of real time
 * @param apiKey as it was sent, empty where none was
 * @param clientId the order's own id, as sent; empty where none was
 * @param code the exchange's error of a refused one, else 0
 * @param orderId of an accepted one
 */
public record Attempt(
    long real,
    String apiKey,
    String clientId,
    String symbol,
    String side,
    Outcome outcome,
    int code,
    OptionalLong orderId) {
  /** What became of it. */
  public enum Outcome {
    ACCEPTED,
    REJECTED,
    /** A fault stopped it before anything was looked at. */
    LOST
  }

  ObjectNode write() {
    ObjectNode json = JsonBody.object();
    json.put("real", real);
    json.put("key", apiKey);
    json.put("id", clientId);
    json.put("symbol", symbol);
    json.put("side", side);
    json.put("outcome", outcome.name());
    json.put("code", code);
    orderId.ifPresent(order -> json.put("order", order));
    return json;
  }

  static Attempt read(JsonNode json) {
    return new Attempt(
        json.path("real").longValue(),
        json.path("key").stringValue(),
        json.path("id").stringValue(),
        json.path("symbol").stringValue(),
        json.path("side").stringValue(),
        Outcome.valueOf(json.path("outcome").stringValue()),
        json.path("code").intValue(),
        json.has("order") ? OptionalLong.of(json.path("order").longValue()) : OptionalLong.empty());
  }
}
