package io.tollgate.sandbox.script;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request as it came.
 *
 * @param number counts the requests of a server, from 1
 * @param connection counts its connections, from 1
 * @param method as it came
 * @param target as it came, query included
 * @param headers in the order they came
 * @param body whole, chunks joined
 */
public record ReceivedRequest(
    long number, long connection, String method, String target, List<Header> headers, Octets body) {
  public ReceivedRequest {
    requireNonNull(method, "method");
    requireNonNull(target, "target");
    headers = List.copyOf(headers);
    requireNonNull(body, "body");
  }

  /** The first header of that name. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The body as JSON; a missing node where it is none. */
  public JsonNode json() {
    try {
      return JsonMapper.shared().readTree(body.toBytes());
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }

  /** The model that was asked for. */
  public Optional<String> model() {
    return json().path("model").asStringOpt();
  }
}
