package io.tollgate.tests.upstream;

import io.tollgate.tests.installation.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chat request as it is sent. */
public final class Chat {
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Chat(String model, String prompt) {
    fields.put("model", model);
    fields.put("messages", List.of(Map.of("role", "user", "content", prompt)));
  }

  public static Chat of(String model, String prompt) {
    return new Chat(model, prompt);
  }

  /** For gpt-4o-mini, of a few words. */
  public static Chat mini() {
    return of("gpt-4o-mini", "What is a toll?");
  }

  /** A prompt of about so many tokens. */
  public static Chat ofTokens(String model, int tokens) {
    return of(model, "toll ".repeat(tokens));
  }

  public Chat stream() {
    return with("stream", true);
  }

  public Chat maxTokens(int max) {
    return with("max_tokens", max);
  }

  public Chat with(String field, Object value) {
    fields.put(field, value);
    return this;
  }

  /** Any object as JSON. */
  public static String jsonOf(Map<String, ?> object) {
    return Client.JSON.writeValueAsString(object);
  }

  public String json() {
    return Client.JSON.writeValueAsString(fields);
  }
}
