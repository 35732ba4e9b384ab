package io.tollgate.relay.protocols.forms;

/**
 * Bounds of a form.
 *
 * @param maxParts most fields and files
 * @param maxFieldBytes most bytes of all that is no file, together
 * @param maxFileBytes most bytes of a file
 */
public record FormBounds(int maxParts, int maxFieldBytes, long maxFileBytes) {
  public FormBounds {
    if (maxParts < 1 || maxFieldBytes < 1 || maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "bounds: %d, %d, %d (expected: at least 1)"
              .formatted(maxParts, maxFieldBytes, maxFileBytes));
    }
  }
}
