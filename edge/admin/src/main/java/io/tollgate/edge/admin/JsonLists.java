package io.tollgate.edge.admin;

import io.tollgate.ground.GivenText;
import io.tollgate.web.JsonFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads lists and maps of a body; refuses what is none with what was given and expected. */
final class JsonLists {
  /** An object without members. */
  static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private static final int MAX = 2000;

  private JsonLists() {}

  /** The elements of a list. */
  static Optional<List<JsonNode>> elements(JsonFields body, String name, String expected) {
    return elements(body, name, MAX, expected);
  }

  /**
   * The same of a list of another length.
   *
   * @param most elements that it may have
   */
  static Optional<List<JsonNode>> elements(
      JsonFields body, String name, int most, String expected) {
    return body.find(name)
        .map(
            node -> {
              if (!node.isArray() || node.size() > most) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              return node.valueStream().toList();
            });
  }

  /** A list of texts. */
  static Optional<List<String>> texts(JsonFields body, String name, String expected) {
    return body.texts(name, MAX, expected);
  }

  /** An object whose members are texts. */
  static Optional<Map<String, String>> textMap(JsonFields body, String name, String expected) {
    return body.find(name)
        .map(
            node -> {
              if (!node.isObject() || node.size() > MAX) {
                throw GivenText.refused(name, node.toString(), expected);
              }
              Map<String, String> texts = new LinkedHashMap<>();
              node.properties()
                  .forEach(
                      member -> {
                        if (!member.getValue().isString()) {
                          throw GivenText.refused(
                              name + "." + member.getKey(), member.getValue().toString(), expected);
                        }
                        texts.put(member.getKey(), member.getValue().stringValue());
                      });
              return texts;
            });
  }

  /** Yes or no. */
  static Optional<Boolean> flag(JsonFields body, String name) {
    return body.find(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw GivenText.refused(name, node.toString(), "true or false");
              }
              return node.booleanValue();
            });
  }
}
