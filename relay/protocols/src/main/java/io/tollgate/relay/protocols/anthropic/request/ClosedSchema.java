package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema whose objects have no other properties than those that they name. Anthropic's models
 * keep to no others, while Google's callers cannot say so and others need not.
 *
 * @see <a href="https://docs.claude.com/en/docs/build-with-claude/structured-outputs">Structured
 *     outputs</a>
 */
final class ClosedSchema {
  private static final String CLOSED = "additionalProperties";

  /** Members that hold values, no schemas. */
  private static final Set<String> VALUES =
      Set.of("const", "default", "enum", "example", "examples");

  private ClosedSchema() {}

  static JsonTree of(JsonTree schema) {
    return switch (schema) {
      case JsonTree.Members members -> closed(members);
      case JsonTree.Items items -> {
        JsonTree.Items closed = new JsonTree.Items();
        items.values().forEach(value -> closed.values().add(of(value)));
        yield closed;
      }
      case JsonTree.Text text -> text;
      case JsonTree.Literal literal -> literal;
    };
  }

  private static JsonTree.Members closed(JsonTree.Members schema) {
    JsonTree.Members closed = new JsonTree.Members();
    schema
        .byName()
        .forEach(
            (name, value) -> closed.byName().put(name, VALUES.contains(name) ? value : of(value)));
    if (isObject(schema.byName().get("type"))) {
      closed.byName().putIfAbsent(CLOSED, new JsonTree.Literal("false"));
    }
    return closed;
  }

  private static boolean isObject(@Nullable JsonTree type) {
    return switch (type) {
      case JsonTree.Text text -> text.string().text().equals("object");
      case JsonTree.Items items -> items.values().stream().anyMatch(ClosedSchema::isObject);
      case null -> false;
      case JsonTree.Members _, JsonTree.Literal _ -> false;
    };
  }
}
