package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonTree.Items;
import io.tollgate.relay.protocols.internal.json.JsonTree.Literal;
import io.tollgate.relay.protocols.internal.json.JsonTree.Members;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Turns a document into the stream that its caller had asked for. */
final class DocumentSplit {
  private static final Set<String> NOT_IN_CHUNKS = Set.of("object", "choices", "usage");

  private DocumentSplit() {}

  /**
   * The events: each choice's message as one delta, then how it ended, then the usage, then the
   * end.
   *
   * @param includeUsage whether the caller asked for the usage chunk
   */
  static byte[] events(Members document, boolean includeUsage) {
    Items said = new Items();
    Items ended = new Items();
    Items choices = document.items("choices");
    if (choices != null) {
      for (JsonTree each : choices.values()) {
        if (each instanceof Members choice) {
          split(choice, said, ended);
        }
      }
    }
    ByteSink out = new ByteSink();
    event(chunk(document, said), out);
    event(chunk(document, ended), out);
    JsonTree usage = document.byName().get("usage");
    if (includeUsage && usage instanceof Members) {
      Members last = chunk(document, new Items());
      last.byName().put("usage", usage);
      event(last, out);
    }
    byte[] end = ChatStreamWriter.end();
    out.add(end, 0, end.length);
    return out.take();
  }

  private static void split(Members choice, Items said, Items ended) {
    Members first = new Members();
    Members last = new Members();
    choice.byName().forEach((name, value) -> first.byName().put(name, value));
    JsonTree message = first.byName().remove("message");
    JsonTree reason = first.byName().put("finish_reason", Literal.NULL);
    JsonTree index = first.byName().computeIfAbsent("index", absent -> new Literal("0"));
    if (message instanceof Members members) {
      withIndexes(members);
      first.byName().put("delta", members);
    } else {
      first.byName().put("delta", new Members());
    }
    last.byName().put("index", index);
    last.byName().put("delta", new Members());
    last.byName().put("finish_reason", reason == null ? Literal.NULL : reason);
    said.values().add(first);
    ended.values().add(last);
  }

  private static void withIndexes(Members message) {
    Items calls = message.items("tool_calls");
    if (calls == null) {
      return;
    }
    for (int i = 0; i < calls.values().size(); i++) {
      if (calls.values().get(i) instanceof Members call) {
        call.byName().put("index", new Literal(String.valueOf(i)));
      }
    }
  }

  private static Members chunk(Members document, Items choices) {
    Members chunk = new Members();
    document
        .byName()
        .forEach(
            (name, value) -> {
              if (!NOT_IN_CHUNKS.contains(name)) {
                chunk.byName().put(name, value);
              }
            });
    chunk.byName().put("object", JsonTree.text("chat.completion.chunk"));
    chunk.byName().put("choices", choices);
    return chunk;
  }

  private static void event(Members chunk, ByteSink out) {
    byte[] field = "data: ".getBytes(StandardCharsets.US_ASCII);
    byte[] end = {'\n', '\n'};
    out.add(field, 0, field.length);
    JsonTree.write(chunk, out);
    out.add(end, 0, end.length);
  }
}
