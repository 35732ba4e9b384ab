package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Prompt;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Media;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What was said in a session so far, and its tokens by kind. Confined to the event loop. */
final class Conversation {
  private static final int MAX_ITEMS = 10_000;

  /** 24,000 samples of two bytes a second, ten tokens a second. */
  private static final int BYTES_A_TOKEN = 4800;

  private static final int ITEM_TOKENS = 4;
  private static final int IMAGE_TOKENS = 85;

  /** Tokens of an item. */
  private record Counted(int text, int audio, int images) {}

  private final TokenCounter counter;
  private final Map<String, Counted> items = new LinkedHashMap<>();
  private final Set<String> calls = new HashSet<>();
  private long seed;
  private String lastText = "";

  /** What the response before had read and said; a cache has that. */
  private int cachedText;

  private int cachedAudio;

  Conversation(TokenCounter counter, String model) {
    this.counter = counter;
    this.seed = Seeds.with(0, model);
  }

  static int audioTokens(int bytes) {
    return Math.max(1, (bytes + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN);
  }

  /**
   * Adds an item that a caller made.
   *
   * @throws Problem when it is none
   */
  void add(String id, JsonNode item) {
    if (items.containsKey(id)) {
      throw Problem.invalid(
          "item.id", "item_create_duplicate_item_id", "An item of the id '" + id + "' is there.");
    }
    if (items.size() >= MAX_ITEMS) {
      throw Problem.invalid("item", "Too many items (expected: <= " + MAX_ITEMS + ").");
    }
    String type = JsonFields.text(item, "type", "item.type");
    lastText = "";
    switch (type) {
      case "message" -> items.put(id, message(item));
      case "function_call" -> {
        calls.add(JsonFields.text(item, "call_id", "item.call_id"));
        String text = item.path("name").asString("") + item.path("arguments").asString("");
        items.put(id, said(text));
      }
      case "function_call_output" -> {
        String call = JsonFields.text(item, "call_id", "item.call_id");
        if (!calls.contains(call)) {
          throw Problem.invalid(
              "item.call_id",
              "invalid_tool_call_id",
              "No tool call found for function call output with call_id " + call + ".");
        }
        items.put(id, said(JsonFields.text(item, "output", "item.output")));
      }
      default ->
          throw Problem.invalid(
              "item.type",
              "Invalid value: '"
                  + type
                  + "' (expected: message, function_call or function_call_output).");
    }
  }

  private Counted message(JsonNode item) {
    String role = JsonFields.text(item, "role", "item.role");
    List<String> allowed =
        switch (role) {
          case "user" -> List.of("input_text", "input_audio", "input_image");
          case "assistant" -> List.of("text", "output_text", "output_audio");
          case "system" -> List.of("input_text");
          default ->
              throw Problem.invalid(
                  "item.role",
                  "Invalid value: '" + role + "' (expected: user, assistant or system).");
        };
    int text = 0;
    int audio = 0;
    int images = 0;
    StringBuilder words = new StringBuilder();
    for (JsonNode part : JsonFields.array(item, "content", "item.content")) {
      String type = JsonFields.text(part, "type", "item.content.type");
      if (!allowed.contains(type)) {
        throw Problem.invalid(
            "item.content",
            "Invalid value: '" + type + "'. Supported values are: " + allowed + ".");
      }
      if (type.equals("input_audio")) {
        audio += audioTokens(decoded(part, "audio", "item.content.audio").length);
      } else if (type.equals("input_image")) {
        images += IMAGE_TOKENS;
      } else {
        words.append(part.path("text").asString(part.path("transcript").asString("")));
      }
    }
    text += counter.count(words.toString());
    seed = Seeds.with(seed, words.toString());
    if (role.equals("user")) {
      lastText = words.toString();
    }
    return new Counted(ITEM_TOKENS + text, audio, images);
  }

  /** Sound in base64, bounded by the size of a message. */
  static byte[] decoded(JsonNode holder, String name, String where) {
    String data = JsonFields.text(holder, name, where);
    Media.base64(data, where);
    return Base64.getMimeDecoder().decode(data);
  }

  private Counted said(String text) {
    seed = Seeds.with(seed, text);
    return new Counted(ITEM_TOKENS + counter.count(text), 0, 0);
  }

  /** Adds sound that was sent piece by piece. */
  void heard(String id, int bytes) {
    seed = Seeds.mix(seed + bytes);
    lastText = "";
    items.put(id, new Counted(ITEM_TOKENS, audioTokens(bytes), 0));
  }

  /** Adds what a response has said; all up to its end is in the cache from now on. */
  void answered(String id, int text, int audio, List<String> callIds) {
    lastText = "";
    calls.addAll(callIds);
    items.put(id, new Counted(ITEM_TOKENS + text, audio, 0));
    cachedText = items.values().stream().mapToInt(Counted::text).sum();
    cachedAudio = audioTokens();
  }

  boolean delete(String id) {
    boolean there = items.remove(id) != null;
    if (there) {
      cachedText = 0;
      cachedAudio = 0;
    }
    return there;
  }

  /** All that a response will read, with what comes before the conversation. */
  Prompt prompt(String before) {
    int images = items.values().stream().mapToInt(Counted::images).sum();
    int text = items.values().stream().mapToInt(Counted::text).sum();
    int all = text + audioTokens() + images + counter.count(before);
    return new Prompt(all, audioTokens(), images, Seeds.with(seed, before), lastText);
  }

  private int audioTokens() {
    return items.values().stream().mapToInt(Counted::audio).sum();
  }

  int cachedText() {
    return cachedText;
  }

  int cachedAudio() {
    return cachedAudio;
  }
}
