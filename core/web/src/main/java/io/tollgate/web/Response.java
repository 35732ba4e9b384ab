package io.tollgate.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer whose whole body is at hand. Immutable. */
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Response(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** JSON made by {@link Json#write}: exact decimals, snake_case records, RFC 3339 times. */
  public static Response json(int status, Object value) {
    return new Response(status, Map.of("Content-Type", "application/json"), Json.write(value));
  }

  public static Response text(int status, String contentType, String text) {
    return new Response(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  public Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  public Response withStatus(int newStatus) {
    return new Response(newStatus, headers, body);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** The bytes themselves; not to be changed. */
  public byte[] body() {
    return body;
  }
}
