package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

/**
 * A header of a request or an answer.
 *
 * @param name in lower case
 */
public record Header(String name, String value) {
  public Header {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }
}
