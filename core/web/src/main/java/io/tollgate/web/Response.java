package io.tollgate.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer whose whole body is at hand, whose events are told one by one, or whose body is written
 * as it is sent. Immutable.
 */
public final class Response {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Optional<EventBody> events;
  private final Optional<StreamedBody> stream;

  private Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, Optional.empty(), Optional.empty());
  }

  private Response(
      int status,
      Map<String, String> headers,
      byte[] body,
      Optional<EventBody> events,
      Optional<StreamedBody> stream) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.events = events;
    this.stream = stream;
  }

  /** Events, told by code that may block: for answers to {@link BlockingRoute}s. */
  public static Response events(EventBody events) {
    return new Response(200, Map.of(), new byte[0], Optional.of(events), Optional.empty());
  }

  /** A body written by code that may block: for answers to {@link BlockingRoute}s. */
  public static Response streamed(String contentType, StreamedBody body) {
    return new Response(
        200, Map.of("Content-Type", contentType), new byte[0], Optional.empty(), Optional.of(body));
  }

  /** JSON made by {@link Json#write}: exact decimals, snake_case records, RFC 3339 times. */
  public static Response json(int status, Object value) {
    return new Response(status, Map.of("Content-Type", "application/json"), Json.write(value));
  }

  public static Response text(int status, String contentType, String text) {
    return new Response(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Bytes as they are.
   *
   * @param body not to be changed afterwards
   */
  public static Response bytes(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body);
  }

  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  public Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body, events, stream);
  }

  public Response withHeaders(Map<String, String> others) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(others);
    return new Response(status, more, body, events, stream);
  }

  public Response withStatus(int newStatus) {
    return new Response(newStatus, headers, body, events, stream);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** What is told in place of a body. */
  public Optional<EventBody> events() {
    return events;
  }

  /** What is written in place of a body. */
  public Optional<StreamedBody> stream() {
    return stream;
  }

  /** The bytes themselves; not to be changed. */
  public byte[] body() {
    return body;
  }
}
