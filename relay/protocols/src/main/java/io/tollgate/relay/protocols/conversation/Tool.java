package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.Optional;

/**
 * A function that the caller runs when the model asks for it.
 *
 * @param parameters a JSON schema of its arguments
 * @param strict whether arguments must keep to the schema, where the request says so
 */
public record Tool(
    JsonString name,
    Optional<JsonString> description,
    JsonTree.Members parameters,
    Optional<Boolean> strict,
    CacheMark cache) {
  public Tool {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    requireNonNull(parameters, "parameters is null");
    requireNonNull(strict, "strict is null");
    requireNonNull(cache, "cache is null");
  }
}
