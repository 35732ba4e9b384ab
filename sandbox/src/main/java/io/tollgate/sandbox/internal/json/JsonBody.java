package io.tollgate.sandbox.internal.json;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON documents; thread-safe. */
public final class JsonBody {
  private static final JsonMapper JSON = new JsonMapper();

  private JsonBody() {}

  /**
   * Reads the object that a body is.
   *
   * @throws Problem when it is none
   */
  public static JsonNode object(byte[] body) {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException e) {
      throw Problem.invalid(
          "", "", "Could not parse the body as JSON: " + e.getOriginalMessage() + ".");
    }
    if (!root.isObject()) {
      throw Problem.invalid("", "", "Could not read the body (expected: a JSON object).");
    }
    return root;
  }

  /** A document of our own making, or that of a tool call's arguments. */
  public static JsonNode tree(String json) {
    return JSON.readTree(json);
  }

  /** Whether a text is a JSON object. */
  public static boolean isObject(String json) {
    try {
      return JSON.readTree(json).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  /** A new object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
