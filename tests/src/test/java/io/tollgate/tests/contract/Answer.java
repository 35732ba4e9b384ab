package io.tollgate.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds an answer against its description: headers, content type and body. */
final class Answer {
  private static final String EVENT_STREAM = "text/event-stream";

  /** Headers of HTTP itself, which need no description. */
  private static final Set<String> PLAIN =
      Set.of(
          "content-type",
          "content-length",
          "transfer-encoding",
          "connection",
          "cache-control",
          "x-accel-buffering");

  private final Description description;
  private final JsonNode described;
  private final HttpResponse<String> response;

  Answer(Description description, JsonNode described, HttpResponse<String> response) {
    this.description = description;
    this.described = described;
    this.response = response;
  }

  /** Throws an AssertionError that says what does not fit. */
  void check() {
    checkHeaders();
    JsonNode content = described.path("content");
    if (content.isMissingNode()) {
      assertThat(response.body()).as("body").isEmpty();
      return;
    }
    String type =
        response.headers().firstValue("content-type").orElse("").split(";", -1)[0].strip();
    assertThat(content.propertyNames()).as("content types").contains(type);
    JsonNode media = content.required(type);
    switch (type) {
      case "application/json" -> fits(media.required("schema"), response.body());
      case EVENT_STREAM -> checkEvents(media);
      default -> assertThat(response.body()).as("body").isNotEmpty();
    }
  }

  private void checkHeaders() {
    Map<String, JsonNode> headers =
        described.path("headers").properties().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> description.resolved(header.getValue())));
    assertThat(
            response.headers().map().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)))
        .as("headers that are described")
        .allMatch(name -> headers.containsKey(name) || PLAIN.contains(name));
    headers.forEach(
        (name, header) -> {
          if (header.path("required").asBoolean(false)) {
            assertThat(response.headers().firstValue(name)).as("header " + name).isPresent();
          }
          response
              .headers()
              .firstValue(name)
              .ifPresent(value -> headerFits(name, header.required("schema"), value));
        });
  }

  private void headerFits(String name, JsonNode schema, String value) {
    boolean number = schema.path("type").asString("").equals("integer");
    JsonNode json =
        number ? Client.JSON.readTree(value) : JsonNodeFactory.instance.stringNode(value);
    assertThat(description.schemas().faults(schema, json)).as("header " + name).isEmpty();
  }

  private void checkEvents(JsonNode media) {
    JsonNode schema = media.required("x-event-data");
    if (media.has("x-event-names")) {
      checkNamedEvents(media.required("x-event-names"), schema);
      return;
    }
    if (!media.has("x-event-last")) {
      assertThat(response.body()).as("the stream's end").endsWith("data: [DONE]\n\n");
    }
    response
        .body()
        .lines()
        .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
        .forEach(line -> fits(schema, line.substring("data: ".length())));
  }

  /** Events have one of the names, and the last has the last of them. */
  private void checkNamedEvents(JsonNode names, JsonNode schema) {
    List<String> known = names.valueStream().map(JsonNode::asString).toList();
    List<String> told =
        response
            .body()
            .lines()
            .filter(line -> line.startsWith("event: "))
            .map(line -> line.substring("event: ".length()))
            .toList();
    assertThat(known).containsAll(told);
    assertThat(told.getLast()).isEqualTo(known.getLast());
    response
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .forEach(line -> fits(schema, line.substring("data: ".length())));
  }

  private void fits(JsonNode schema, String json) {
    assertThat(description.schemas().faults(schema, Client.JSON.readTree(json)))
        .as("%s against the description", json)
        .isEmpty();
  }
}
