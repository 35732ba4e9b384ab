package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import java.nio.charset.StandardCharsets;

/**
 * Replaces signatures that no Gemini has written, so that every other byte stays as it was sent.
 */
final class OwnBody {
  private static final byte[] PLACEHOLDER =
      SignatureText.PLACEHOLDER.getBytes(StandardCharsets.US_ASCII);

  private OwnBody() {}

  static byte[] of(byte[] body, GeminiFields fields) {
    if (fields.foreignSignatures() == 0) {
      return body;
    }
    ByteSink edited = new ByteSink();
    int at = 0;
    for (int i = 0; i < fields.foreignSignatures(); i++) {
      edited.add(body, at, fields.foreignFrom(i));
      edited.add(PLACEHOLDER, 0, PLACEHOLDER.length);
      at = fields.foreignTo(i);
    }
    edited.add(body, at, body.length);
    return edited.take();
  }
}
