package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lets signatures of other providers pass through fields of Anthropic's protocol: they carry a mark
 * that says whose they are, so that they find back to their provider and never reach another.
 */
public final class SignatureMark {
  // plain ASCII, so that it is the same inside a JSON string
  private static final String BEGINNING = "tollgate.";
  private static final byte[] BEGINNING_BYTES = BEGINNING.getBytes(StandardCharsets.US_ASCII);
  private static final Protocol[] PROTOCOLS = Protocol.values();

  private SignatureMark() {}

  /** The signature as a caller of Anthropic's protocol is told. */
  public static JsonString marked(Signature signature) {
    if (signature.protocol() == Protocol.ANTHROPIC) {
      return signature.text();
    }
    byte[] mark = mark(signature.protocol());
    JsonString text = signature.text();
    byte[] marked = Arrays.copyOf(mark, mark.length + text.length());
    System.arraycopy(text.bytes(), text.from(), marked, mark.length, text.length());
    return new JsonString(marked, 0, marked.length, text.escaped());
  }

  /** The signature that a caller of Anthropic's protocol was told. */
  public static Signature read(JsonString given) {
    if (isForeign(given.bytes(), given.from(), given.to())) {
      for (Protocol protocol : PROTOCOLS) {
        byte[] mark = mark(protocol);
        if (begins(mark, given.bytes(), given.from(), given.to())) {
          int from = given.from() + mark.length;
          return new Signature(
              protocol, new JsonString(given.bytes(), from, given.to(), given.escaped()));
        }
      }
    }
    return new Signature(Protocol.ANTHROPIC, given);
  }

  /** Whether the inside of a JSON string is another provider's signature. */
  public static boolean isForeign(byte[] bytes, int from, int to) {
    return begins(BEGINNING_BYTES, bytes, from, to);
  }

  private static boolean begins(byte[] mark, byte[] bytes, int from, int to) {
    return to - from >= mark.length
        && Arrays.equals(bytes, from, from + mark.length, mark, 0, mark.length);
  }

  private static byte[] mark(Protocol protocol) {
    return (BEGINNING + protocol.code() + ".").getBytes(StandardCharsets.US_ASCII);
  }
}
