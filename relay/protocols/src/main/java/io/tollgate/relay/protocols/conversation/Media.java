package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonString;

/** Where the bytes of a picture, a document or a sound are. */
public sealed interface Media {
  /**
   * In the request.
   *
   * @param type the media type, such as {@code image/png}, in lower case
   * @param base64 checked to be base64
   */
  record Inline(String type, JsonString base64) implements Media {
    public Inline {
      requireNonNull(type, "type is null");
      requireNonNull(base64, "base64 is null");
    }
  }

  /** At an address, {@code http} or {@code https}. */
  record Address(JsonString url) implements Media {
    public Address {
      requireNonNull(url, "url is null");
    }
  }

  /** A plain text in the request. */
  record Words(JsonString text) implements Media {
    public Words {
      requireNonNull(text, "text is null");
    }
  }
}
