package io.tollgate.sandbox.internal.vectors;

import io.tollgate.sandbox.internal.content.TokenCounter;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.tollgate.sandbox.internal.steering.Steering.Key;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/embeddings}. */
public final class EmbeddingsEndpoint implements Endpoint {
  private static final int MAX_INPUTS = 2048;
  private static final int MAX_TOKENS = 8192;
  private static final int MAX_DIMENSIONS = 3072;

  /** A text to be embedded, and its tokens. */
  private record Input(String text, int tokens) {}

  private final TokenCounter counter;

  public EmbeddingsEndpoint(TokenCounter counter) {
    this.counter = counter;
  }

  @Override
  public Reply plan(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model = Models.checked(JsonFields.text(root, "model", "model"));
    List<Input> inputs = inputs(root.path("input"));
    boolean base64 =
        JsonFields.word(root, "encoding_format", "encoding_format", List.of("float", "base64"))
            .equals("base64");
    int dimensions = dimensions(root, model);
    int tokens = steering.get(Key.INPUT_TOKENS, inputs.stream().mapToInt(Input::tokens).sum());
    StringBuilder json = new StringBuilder("{\"object\":\"list\",\"data\":[");
    for (int index = 0; index < inputs.size(); index++) {
      json.append(index == 0 ? "" : ",");
      json.append("{\"object\":\"embedding\",\"index\":").append(index).append(",\"embedding\":");
      vector(json, TextVector.of(inputs.get(index).text(), dimensions), base64);
      json.append('}');
    }
    json.append("],\"model\":\"").append(model).append('"');
    if (!steering.has(Key.NO_USAGE)) {
      json.append(",\"usage\":{\"prompt_tokens\":").append(tokens);
      json.append(",\"total_tokens\":").append(tokens).append('}');
    }
    return Reply.json(model, Usage.of(tokens, 0), json.append('}').toString());
  }

  private static int dimensions(JsonNode root, String model) {
    OptionalInt given = JsonFields.integer(root, "dimensions", 1, MAX_DIMENSIONS);
    if (given.isPresent() && model.contains("ada")) {
      throw Problem.invalid("dimensions", "This model does not support specifying dimensions.");
    }
    return given.orElse(model.contains("large") ? MAX_DIMENSIONS : 1536);
  }

  private List<Input> inputs(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      throw JsonFields.missing("input");
    }
    List<Input> inputs = new ArrayList<>();
    if (given.isString() || isTokens(given)) {
      inputs.add(input(given, "input"));
    } else if (given.isArray()) {
      for (JsonNode one : given) {
        inputs.add(input(one, "input[" + inputs.size() + "]"));
      }
    } else {
      throw JsonFields.wrongType("input", "a string or an array", given);
    }
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw Problem.invalid(
          "input",
          "Invalid 'input': " + inputs.size() + " texts (expected: 1.." + MAX_INPUTS + ").");
    }
    return inputs;
  }

  private static boolean isTokens(JsonNode given) {
    return given.isArray() && !given.isEmpty() && given.get(0).isIntegralNumber();
  }

  private Input input(JsonNode given, String where) {
    Input input;
    if (given.isString()) {
      input = new Input(given.stringValue(), counter.count(given.stringValue()));
    } else if (isTokens(given)) {
      for (JsonNode token : given) {
        if (!token.isIntegralNumber() || !token.canConvertToInt() || token.intValue() < 0) {
          throw JsonFields.wrongType(where, "an array of token numbers", token);
        }
      }
      input = new Input(given.toString(), given.size());
    } else {
      throw JsonFields.wrongType(where, "a string or an array of token numbers", given);
    }
    if (input.text().isEmpty()) {
      throw Problem.invalid(where, "Invalid '" + where + "': empty (expected: some text).");
    }
    if (input.tokens() > MAX_TOKENS) {
      throw Problem.invalid(
          where,
          "context_length_exceeded",
          "This model's maximum context length is "
              + MAX_TOKENS
              + " tokens; '"
              + where
              + "' has "
              + input.tokens()
              + ".");
    }
    return input;
  }

  private static void vector(StringBuilder json, float[] vector, boolean base64) {
    if (!base64) {
      TextVector.json(json, vector);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float one : vector) {
      bytes.putFloat(one);
    }
    json.append('"').append(Base64.getEncoder().encodeToString(bytes.array())).append('"');
  }
}
