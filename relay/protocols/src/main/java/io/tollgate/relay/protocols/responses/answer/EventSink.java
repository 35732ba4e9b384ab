package io.tollgate.relay.protocols.responses.answer;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Writes events of a stream, numbered one after the other. Confined to one thread. */
final class EventSink {
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("\ndata: ");
  private static final byte[] END = ascii("\n\n");

  private final UpstreamNames names;
  private long next;

  /**
   * @param names of the stream that ours goes on from, where there is one
   */
  EventSink(UpstreamNames names) {
    this.names = names;
  }

  /** What an event holds beside its type and number. */
  interface Members {
    void write(JsonWriter json);
  }

  void event(String type, ByteSink out, Members members) {
    byte[] name = ascii(type);
    out.add(EVENT, 0, EVENT.length);
    out.add(name, 0, name.length);
    out.add(DATA, 0, DATA.length);
    next = Math.max(next, names.sequence() + 1);
    JsonWriter json = new JsonWriter(out);
    json.object().name("type").raw('"' + type + '"').name("sequence_number").value(next++);
    members.write(json);
    json.endObject();
    out.add(END, 0, END.length);
  }

  /** A comment, which programs pass over. */
  static void comment(String words, ByteSink out) {
    byte[] line =
        (": " + words.replace('\r', ' ').replace('\n', ' ') + "\n\n")
            .getBytes(StandardCharsets.UTF_8);
    out.add(line, 0, line.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
