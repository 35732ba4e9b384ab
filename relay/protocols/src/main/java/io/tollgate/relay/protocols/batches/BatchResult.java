package io.tollgate.relay.protocols.batches;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonFault;
import java.util.Optional;
import java.util.Set;

/**
 * One line of a batch's output file.
 *
 * @param body of the answer, where there is one; not to be changed
 */
public record BatchResult(String customId, int status, Optional<byte[]> body) {
  private static final Set<String> NAMES = Set.of("custom_id", "response");
  private static final Set<String> RESPONSE = Set.of("status_code", "body");

  public BatchResult {
    requireNonNull(customId, "customId is null");
    requireNonNull(body, "body is null");
  }

  /** Whether the request was answered. */
  public boolean answered() {
    return status >= 200 && status < 300 && body.isPresent();
  }

  /** Reads a line; nothing where it is none. Never throws for what a provider sends. */
  public static Optional<BatchResult> parse(byte[] line) {
    try {
      Members members = Members.of(line, 0, line.length, NAMES);
      Optional<String> id = members.text("custom_id");
      if (id.isEmpty()) {
        return Optional.empty();
      }
      Optional<byte[]> response = members.object("response");
      if (response.isEmpty()) {
        return Optional.of(new BatchResult(id.get(), 0, Optional.empty()));
      }
      byte[] bytes = response.get();
      Members within = Members.of(bytes, 0, bytes.length, RESPONSE);
      return Optional.of(
          new BatchResult(id.get(), within.number("status_code").orElse(0), within.object("body")));
    } catch (JsonFault | Members.NoObject e) {
      return Optional.empty();
    }
  }
}
