package io.tollgate.relay.protocols.gemini.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Base64;
import java.util.Map;

/** Writes pictures, documents and sounds. */
final class MediaWriter {
  private final Map<String, FetchedMedia> fetched;

  /**
   * @param fetched what was found at addresses
   */
  MediaWriter(Map<String, FetchedMedia> fetched) {
    this.fetched = requireNonNull(fetched, "fetched is null");
  }

  /** A part of its own, whole. */
  void write(Media media, JsonWriter json) {
    switch (media) {
      case Media.Inline inline -> inline(inline, json);
      case Media.Words(JsonString text) -> json.object().name("text").value(text).endObject();
      case Media.Address(JsonString url) -> address(url, json);
    }
  }

  private static void inline(Media.Inline inline, JsonWriter json) {
    json.object()
        .name("inlineData")
        .object()
        .name("mimeType")
        .value(inline.type())
        .name("data")
        .value(inline.base64())
        .endObject()
        .endObject();
  }

  private void address(JsonString url, JsonWriter json) {
    FetchedMedia found = fetched.get(url.text());
    if (found != null) {
      byte[] base64 = Base64.getEncoder().encode(found.bytes());
      inline(new Media.Inline(found.type(), new JsonString(base64, 0, base64.length, false)), json);
    } else if (MediaAddresses.isGoogles(url.text())) {
      json.object().name("fileData").object().name("fileUri").value(url).endObject().endObject();
    } else {
      throw RequestFault.of(
          "url",
          "an address that Gemini does not read (expected: the data itself in base64, or a file"
              + " of Google's)");
    }
  }
}
