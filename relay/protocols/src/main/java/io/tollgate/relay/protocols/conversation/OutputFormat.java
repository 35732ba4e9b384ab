package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Optional;

/** The form that the answer's text takes. */
public sealed interface OutputFormat {
  /** Words. */
  record Free() implements OutputFormat {}

  /** Any JSON object. */
  record Json() implements OutputFormat {}

  /**
   * JSON by a schema.
   *
   * @param name of the schema; some protocols want one
   * @param strict whether it is kept exactly, where the request says so
   */
  record Schema(
      JsonString name,
      Optional<JsonString> description,
      JsonTree.Members schema,
      Optional<Boolean> strict)
      implements OutputFormat {
    public Schema {
      requireNonNull(name, "name is null");
      requireNonNull(description, "description is null");
      requireNonNull(schema, "schema is null");
      requireNonNull(strict, "strict is null");
    }
  }
}
