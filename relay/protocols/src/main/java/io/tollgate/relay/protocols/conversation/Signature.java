package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An opaque text by which a provider knows its own thinking again.
 *
 * @param protocol of the provider that wrote it; to others it means nothing
 */
public record Signature(Protocol protocol, JsonString text) {
  private static final String MARK = "tg1.";
  private static final int MAX_MARK = 16;

  public Signature {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(text, "text is null");
  }

  /**
   * The signature that a caller gives back in a field of their own protocol: of its providers,
   * unless it carries another's mark.
   */
  public static Signature carried(Protocol carrier, JsonString text) {
    String beginning =
        new String(
            text.bytes(),
            text.from(),
            Math.min(text.length(), MARK.length() + MAX_MARK),
            StandardCharsets.ISO_8859_1);
    for (Protocol protocol : Protocol.values()) {
      String mark = mark(protocol);
      if (beginning.startsWith(mark)) {
        return new Signature(
            protocol,
            new JsonString(text.bytes(), text.from() + mark.length(), text.to(), text.escaped()));
      }
    }
    return new Signature(carrier, text);
  }

  /**
   * The text as a field of the caller's protocol carries it: as it is where it is of that protocol,
   * else behind a mark that says whose it is, so that it finds back.
   */
  public JsonString carriedBy(Protocol carrier) {
    if (carrier == protocol) {
      return text;
    }
    byte[] mark = mark(protocol).getBytes(StandardCharsets.US_ASCII);
    ByteSink marked = new ByteSink();
    marked.add(mark, 0, mark.length);
    marked.add(text.bytes(), text.from(), text.to());
    byte[] bytes = Arrays.copyOf(marked.array(), marked.length());
    return new JsonString(bytes, 0, bytes.length, text.escaped());
  }

  private static String mark(Protocol protocol) {
    return MARK + protocol.code() + ".";
  }
}
