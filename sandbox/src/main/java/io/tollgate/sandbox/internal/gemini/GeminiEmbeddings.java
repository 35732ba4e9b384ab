package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import io.tollgate.sandbox.internal.vectors.TextVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code :embedContent} and {@code :batchEmbedContents}. */
final class GeminiEmbeddings {
  private static final int DIMENSIONS = 3072;
  private static final int MAX_REQUESTS = 100;
  private static final Set<String> FIELDS =
      Set.of("model", "content", "taskType", "title", "outputDimensionality", "embedContentConfig");

  private record Wanted(String text, int dimensions) {}

  private final TokenCounter counter;

  GeminiEmbeddings(TokenCounter counter) {
    this.counter = counter;
  }

  Reply one(Asked asked, Steering steering) {
    String model = Models.checked(asked.subject());
    Wanted wanted = wanted(JsonBody.object(asked.body()), model, "");
    StringBuilder json = new StringBuilder("{\"embedding\":{\"values\":");
    TextVector.json(json, TextVector.of(wanted.text(), wanted.dimensions()));
    return reply(model, json.append('}'), counter.count(wanted.text()), steering);
  }

  Reply many(Asked asked, Steering steering) {
    String model = Models.checked(asked.subject());
    JsonNode root = JsonBody.object(asked.body());
    Proto.only(root, Set.of("requests"), "");
    JsonNode requests = Proto.array(root, "requests", "requests");
    if (requests.isEmpty() || requests.size() > MAX_REQUESTS) {
      throw Problem.invalid(
          "requests",
          "* BatchEmbedContentsRequest.requests: "
              + requests.size()
              + " of them (expected: 1.."
              + MAX_REQUESTS
              + ")");
    }
    List<Wanted> all = new ArrayList<>();
    for (JsonNode request : requests) {
      String where = "requests[" + all.size() + "]";
      if (Proto.text(request, "model", where + ".model").isEmpty()) {
        throw Problem.invalid(where, "* " + where + ".model: unexpected model name format");
      }
      all.add(wanted(request, model, where));
    }
    int tokens = 0;
    StringBuilder json = new StringBuilder("{\"embeddings\":[");
    for (Wanted wanted : all) {
      tokens += counter.count(wanted.text());
      json.append(json.charAt(json.length() - 1) == '[' ? "{\"values\":" : ",{\"values\":");
      TextVector.json(json, TextVector.of(wanted.text(), wanted.dimensions()));
      json.append('}');
    }
    return reply(model, json.append(']'), tokens, steering);
  }

  private static Reply reply(String model, StringBuilder json, int counted, Steering steering) {
    int tokens = steering.get(Key.INPUT_TOKENS, counted);
    if (!steering.has(Key.NO_USAGE)) {
      json.append(",\"usageMetadata\":{\"promptTokenCount\":").append(tokens).append('}');
    }
    return Reply.json(model, Usage.of(tokens, 0), json.append('}').toString());
  }

  private static Wanted wanted(JsonNode request, String model, String where) {
    Proto.only(request, FIELDS, where);
    String named = Proto.text(request, "model", where + ".model").orElse("models/" + model);
    if (!named.equals("models/" + model)) {
      throw Problem.invalid(
          where, "* " + where + ".model: " + named + " is not the model of the path, " + model);
    }
    JsonNode content = Proto.get(request, "content");
    StringBuilder text = new StringBuilder();
    for (JsonNode part : Proto.array(content, "parts", where + ".content.parts")) {
      text.append(text.isEmpty() ? "" : "\n");
      text.append(Proto.text(part, "text", where + ".content.parts.text").orElse(""));
    }
    if (text.isEmpty()) {
      throw Problem.invalid(where, "* EmbedContentRequest.content: content is empty");
    }
    int dimensions =
        Proto.integer(request, "outputDimensionality", "output_dimensionality", 1, DIMENSIONS)
            .orElse(DIMENSIONS);
    return new Wanted(text.toString(), dimensions);
  }
}
