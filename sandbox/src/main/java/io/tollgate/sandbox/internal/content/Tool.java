package io.tollgate.sandbox.internal.content;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A function the caller offers.
 *
 * @param parameters the JSON schema of its arguments; missing where there is none
 */
public record Tool(String name, JsonNode parameters) {
  /** The first of the tools that a text names. */
  public static Optional<Tool> named(List<Tool> tools, String text) {
    return tools.stream().filter(tool -> text.contains(tool.name())).findFirst();
  }
}
