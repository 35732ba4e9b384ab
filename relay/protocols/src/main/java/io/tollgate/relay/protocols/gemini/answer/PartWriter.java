package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.gemini.request.EmbeddedJson;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A part of an answer that more may come of. */
sealed interface PartWriter {
  /** Words, or thoughts. */
  record Words(boolean thought) implements PartWriter {}

  /** A call, whose arguments come in pieces. */
  final class Call implements PartWriter {
    private static final byte[] NO_ARGUMENTS = {'{', '}'};

    private final JsonString id;
    private final JsonString name;
    // the inside of a JSON string, as it comes: an escape may be cut in two
    private final ByteSink pieces = new ByteSink();
    private boolean escaped;
    private boolean tooLarge;
    private Optional<JsonString> signature = Optional.empty();

    Call(JsonString id, JsonString name) {
      this.id = id;
      this.name = name;
    }

    /** Bytes that are kept. */
    int bytes() {
      return pieces.length();
    }

    /**
     * More of its arguments.
     *
     * @param room for more bytes; a call that needs more is broken, and keeps none
     */
    void more(JsonString text, int room) {
      tooLarge |= text.length() > room;
      if (tooLarge) {
        pieces.clear();
      } else {
        pieces.add(text.bytes(), text.from(), text.to());
        escaped |= text.escaped();
      }
    }

    void signed(JsonString text) {
      signature = Optional.of(text);
    }

    /** The call as Gemini writes it; empty where its arguments are no object. */
    Optional<byte[]> written() {
      byte[] arguments = new JsonString(pieces.array(), 0, pieces.length(), escaped).utf8();
      boolean none = !tooLarge && new String(arguments, StandardCharsets.UTF_8).isBlank();
      if (!none && (tooLarge || !EmbeddedJson.isObject(arguments))) {
        return Optional.empty();
      }
      return Optional.of(PartJson.call(id, name, none ? NO_ARGUMENTS : arguments, signature));
    }
  }
}
