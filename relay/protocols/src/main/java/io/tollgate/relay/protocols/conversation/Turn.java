package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What one side says at one time. Results of tools are parts of the user's turn. */
public record Turn(Role role, List<Part> parts) {
  public Turn {
    requireNonNull(role, "role is null");
    parts = List.copyOf(parts);
  }

  /** Who speaks. */
  public enum Role {
    USER,
    ASSISTANT,
    /** Instructions in the middle of a conversation; those before it are its system texts. */
    SYSTEM
  }
}
