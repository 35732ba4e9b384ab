package io.tollgate.sandbox.internal.venue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A call as it came.
 *
 * @param target path and query, as sent
 * @param headers by name in small letters
 * @param json the body, an object or a list; an empty object where there is none
 * @param now by the exchange's clock, in milliseconds
 * @param twist what a fault makes of an order
 * @param fillsFirst whether an order fills as it is cancelled
 */
public record VenueCall(
    String method,
    String path,
    String target,
    Map<String, String> query,
    Map<String, String> headers,
    String body,
    JsonNode json,
    long now,
    VenueBook.Twist twist,
    boolean fillsFirst) {
  /** A parameter of the query. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
  }

  /** A field of the body, as text. */
  public Optional<String> field(String name) {
    JsonNode value = json.path(name);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asString()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  /** The things of a body that is a list of them. */
  public List<JsonNode> list() {
    return json.valueStream().filter(one -> json.isArray()).toList();
  }

  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** The query as sent, without the question mark. */
  public String rawQuery() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  /** The path's parts below a place. */
  public List<String> below(String place) {
    return path.startsWith(place + "/")
        ? List.of(path.substring(place.length() + 1).split("/"))
        : List.of();
  }
}
