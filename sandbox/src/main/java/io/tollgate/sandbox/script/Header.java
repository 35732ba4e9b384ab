package io.tollgate.sandbox.script;

import static java.util.Objects.requireNonNull;

/** A header as it came. */
public record Header(String name, String value) {
  public Header {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }
}
