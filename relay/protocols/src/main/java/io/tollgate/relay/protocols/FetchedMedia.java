package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

/**
 * A picture, document or sound as it was found at its address.
 *
 * @param type media type in lower case, without parameters, such as {@code image/png}
 * @param bytes not to be changed
 */
public record FetchedMedia(String type, byte[] bytes) {
  public FetchedMedia {
    requireNonNull(type, "type is null");
    requireNonNull(bytes, "bytes is null");
  }
}
