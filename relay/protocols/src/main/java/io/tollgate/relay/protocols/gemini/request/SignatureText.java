package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Signatures in {@code thoughtSignature}. Gemini's own stand there as they are. Those of another
 * provider travel in it as well, marked with whose they are, so that a caller who sends them back
 * makes no Gemini read what it has not written.
 */
public final class SignatureText {
  /**
   * What Google documents for a call whose signature is lost or never was.
   *
   * @see <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">Thought signatures</a>
   */
  public static final String PLACEHOLDER = "skip_thought_signature_validator";

  private static final String MARK = "tollgate:";
  private static final String REDACTED = "redacted:";
  // nine bytes, which are twelve characters whatever follows
  private static final byte[] MARK_BASE64 =
      Base64.getEncoder().encode(MARK.getBytes(StandardCharsets.UTF_8));

  private SignatureText() {}

  /** What was read: a signature, or thoughts that only their provider can read. */
  record Found(Signature signature, boolean redacted) {}

  /** The signature as a Gemini caller gets it. */
  public static JsonString written(Signature signature, boolean redacted) {
    if (signature.protocol() == Protocol.GEMINI && !redacted) {
      return signature.text();
    }
    String marked =
        MARK
            + (redacted ? REDACTED : "")
            + signature.protocol().code()
            + ":"
            + signature.text().text();
    return JsonString.of(
        Base64.getEncoder().encodeToString(marked.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether no Gemini has written it. */
  static boolean isForeign(JsonString text) {
    if (text.length() < MARK_BASE64.length) {
      return false;
    }
    for (int i = 0; i < MARK_BASE64.length; i++) {
      if (text.bytes()[text.from() + i] != MARK_BASE64[i]) {
        return false;
      }
    }
    return true;
  }

  /** What a caller sent back; empty where it is a placeholder or nothing. */
  static Optional<Found> read(JsonString text) {
    if (text.isEmpty() || text.text().equals(PLACEHOLDER)) {
      return Optional.empty();
    }
    if (!isForeign(text)) {
      return Optional.of(new Found(new Signature(Protocol.GEMINI, text), false));
    }
    try {
      String marked =
          new String(Base64.getDecoder().decode(text.utf8()), StandardCharsets.UTF_8)
              .substring(MARK.length());
      boolean redacted = marked.startsWith(REDACTED);
      String rest = redacted ? marked.substring(REDACTED.length()) : marked;
      int colon = Math.max(0, rest.indexOf(':'));
      Signature signature =
          new Signature(
              Protocol.ofCode(rest.substring(0, colon)), JsonString.of(rest.substring(colon + 1)));
      return Optional.of(new Found(signature, redacted));
    } catch (IllegalArgumentException e) {
      // cut, or made up: it means nothing to anybody
      return Optional.empty();
    }
  }
}
