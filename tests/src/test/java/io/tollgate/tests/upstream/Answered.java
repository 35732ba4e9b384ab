package io.tollgate.tests.upstream;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a caller got.
 *
 * @param lines of the body, without their ends
 * @param arrivedMs when each line came, from the request's start
 * @param endedMs when the answer ended
 */
public record Answered(
    int status, HttpHeaders headers, List<String> lines, List<Long> arrivedMs, long endedMs) {
  public Answered {
    lines = List.copyOf(lines);
    arrivedMs = List.copyOf(arrivedMs);
  }

  public String body() {
    return String.join("\n", lines);
  }

  public JsonNode json() {
    return JsonMapper.shared().readTree(body());
  }

  /** The request's id, under which it is charged. */
  public String requestId() {
    return header("X-Request-Id");
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The data of its events. */
  public List<String> events() {
    return lines.stream()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring("data:".length()).strip())
        .toList();
  }

  /** The error's code, of a JSON answer or of the last event that has one; else empty. */
  public String errorCode() {
    List<String> texts = new ArrayList<>(events());
    texts.add(body());
    return texts.stream()
        .map(Answered::errorCode)
        .filter(code -> !code.isEmpty())
        .reduce("", (first, last) -> last);
  }

  /** The text that was delivered, streamed or not. */
  public String content() {
    StringBuilder content = new StringBuilder();
    List<String> texts = new ArrayList<>(events());
    texts.add(body());
    for (String text : texts) {
      for (JsonNode choice : parsed(text).path("choices")) {
        content.append(choice.at("/delta/content").asString(""));
        content.append(choice.at("/message/content").asString(""));
      }
    }
    return content.toString();
  }

  /** When the first line came that holds a text; -1 when none did. */
  public long arrivedMs(String text) {
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).contains(text)) {
        return arrivedMs.get(line);
      }
    }
    return -1;
  }

  private static String errorCode(String text) {
    return parsed(text).at("/error/code").asString("");
  }

  private static JsonNode parsed(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return JsonMapper.shared().missingNode();
    }
  }
}
