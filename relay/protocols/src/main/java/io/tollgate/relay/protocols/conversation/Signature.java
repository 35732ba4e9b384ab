package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.internal.json.JsonString;

/**
 * An opaque text by which a provider knows its own thinking again.
 *
 * @param protocol of the provider that wrote it; to others it means nothing
 */
public record Signature(Protocol protocol, JsonString text) {
  public Signature {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(text, "text is null");
  }
}
