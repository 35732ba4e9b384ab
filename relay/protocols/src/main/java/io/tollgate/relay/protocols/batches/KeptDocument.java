package io.tollgate.relay.protocols.batches;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonFault;
import java.util.Optional;
import java.util.Set;

/**
 * A file or a batch as its provider tells it.
 *
 * @param purpose of a file
 * @param status of a batch
 * @param outputFile id of the file with a batch's answers
 * @param errorFile id of the file with a batch's errors
 */
public record KeptDocument(
    Optional<String> id,
    Optional<String> purpose,
    Optional<String> status,
    Optional<String> outputFile,
    Optional<String> errorFile) {
  private static final Set<String> NAMES =
      Set.of("id", "purpose", "status", "output_file_id", "error_file_id");
  private static final Set<String> ENDS = Set.of("completed", "failed", "expired", "cancelled");

  private static final KeptDocument NOTHING =
      new KeptDocument(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public KeptDocument {
    requireNonNull(id, "id is null");
    requireNonNull(purpose, "purpose is null");
    requireNonNull(status, "status is null");
    requireNonNull(outputFile, "outputFile is null");
    requireNonNull(errorFile, "errorFile is null");
  }

  /** Whether a batch works no more. */
  public boolean ended() {
    return status.filter(ENDS::contains).isPresent();
  }

  /** Reads it; of what is no JSON object nothing is known. Never throws for what came. */
  public static KeptDocument of(byte[] body) {
    try {
      Members members = Members.of(body, 0, body.length, NAMES);
      return new KeptDocument(
          members.text("id"),
          members.text("purpose"),
          members.text("status"),
          members.text("output_file_id"),
          members.text("error_file_id"));
    } catch (JsonFault | Members.NoObject e) {
      return NOTHING;
    }
  }
}
