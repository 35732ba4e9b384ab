package io.tollgate.relay.protocols.forms;

import static java.util.Objects.requireNonNull;

/**
 * One field or file of a form.
 *
 * @param file whether it is a file: it has a file's name
 * @param from place of its first byte in the form's body
 * @param to place after its last byte
 * @param value the bytes of a field; of a file none; not to be changed
 */
public record FormPart(String name, boolean file, long from, long to, byte[] value) {
  public FormPart {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  /** Bytes of it. */
  public long length() {
    return to - from;
  }
}
