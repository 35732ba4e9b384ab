package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.steering.Steering;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /v1/moderations}, which is free: a text is flagged for the categories it names. */
final class Moderations implements Endpoint {
  private static final List<String> CATEGORIES =
      List.of(
          "harassment",
          "harassment/threatening",
          "hate",
          "hate/threatening",
          "illicit",
          "illicit/violent",
          "self-harm",
          "self-harm/intent",
          "self-harm/instructions",
          "sexual",
          "sexual/minors",
          "violence",
          "violence/graphic");
  private static final int MAX_INPUTS = 2048;

  @Override
  public Reply plan(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    String model =
        Models.checked(
            JsonFields.optionalText(root, "model", "model").orElse("omni-moderation-latest"));
    List<String> inputs = inputs(root.path("input"));
    ObjectNode json =
        JsonBody.object()
            .put("id", "modr-" + Long.toHexString(Seeds.with(0, inputs.toString())))
            .put("model", model);
    for (String input : inputs) {
      json.withArray("/results").add(result(input));
    }
    return Reply.free(model, json.toString());
  }

  private static List<String> inputs(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      throw JsonFields.missing("input");
    }
    List<String> inputs = new ArrayList<>();
    if (given.isString()) {
      inputs.add(given.stringValue());
    } else if (given.isArray() && !given.isEmpty() && given.get(0).isObject()) {
      // several parts of one thing
      StringBuilder all = new StringBuilder();
      for (JsonNode part : given) {
        JsonFields.text(part, "type", "input.type");
        all.append(part.path("text").asString(""));
      }
      inputs.add(all.toString());
    } else if (given.isArray()) {
      for (JsonNode one : given) {
        if (!one.isString()) {
          throw JsonFields.wrongType("input", "texts or parts", one);
        }
        inputs.add(one.stringValue());
      }
    } else {
      throw JsonFields.wrongType("input", "a string or an array", given);
    }
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw Problem.invalid(
          "input",
          "Invalid 'input': " + inputs.size() + " of them (expected: 1.." + MAX_INPUTS + ").");
    }
    return inputs;
  }

  private static ObjectNode result(String input) {
    String text = input.toLowerCase(Locale.ROOT);
    ObjectNode result =
        JsonBody.object().put("flagged", CATEGORIES.stream().anyMatch(text::contains));
    ObjectNode flags = result.putObject("categories");
    ObjectNode scores = result.putObject("category_scores");
    ObjectNode types = result.putObject("category_applied_input_types");
    for (String category : CATEGORIES) {
      boolean named = text.contains(category);
      long seed = Seeds.with(category.hashCode(), input);
      double part = Long.remainderUnsigned(seed, 1000) / 100_000.0;
      flags.put(category, named);
      scores.put(category, named ? 0.9 + part : part);
      types.putArray(category).add("text");
    }
    return result;
  }
}
