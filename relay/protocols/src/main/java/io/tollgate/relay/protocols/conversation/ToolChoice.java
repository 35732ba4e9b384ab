package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;

/** Whether a tool is to be called. */
public sealed interface ToolChoice {
  /** The request does not say. */
  record Unsaid() implements ToolChoice {}

  /** As the model likes. */
  record Auto() implements ToolChoice {}

  /** None. */
  record None() implements ToolChoice {}

  /** Any, but one. */
  record Any() implements ToolChoice {}

  /** This one. */
  record Named(JsonString name) implements ToolChoice {
    public Named {
      requireNonNull(name, "name is null");
    }
  }
}
