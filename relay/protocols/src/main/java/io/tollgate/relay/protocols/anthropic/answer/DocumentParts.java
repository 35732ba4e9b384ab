package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the parts of an answer, to be written as the blocks of one document. */
final class DocumentParts {
  private static final byte[] NO_INPUT = {'{', '}'};

  private static final class Collected {
    final PartBegin what;
    final ByteSink text = new ByteSink();
    @Nullable Signature signature;

    Collected(PartBegin what) {
      this.what = what;
    }

    JsonString words() {
      return new JsonString(text.array(), 0, text.length(), true);
    }
  }

  private final OwnBlocks own;
  private final Map<Integer, Collected> parts = new LinkedHashMap<>();

  DocumentParts(OwnBlocks own) {
    this.own = requireNonNull(own, "own is null");
  }

  void take(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin what) -> {
        Collected begins = new Collected(what);
        if (what instanceof PartBegin.Produced(Media.Inline media)) {
          JsonString words = ProducedText.of(media);
          begins.text.add(words.bytes(), words.from(), words.to());
        }
        parts.put(part, begins);
      }
      case AnswerEvent.More(int part, JsonString text) -> {
        if (parts.get(part) instanceof Collected collected) {
          collected.text.add(text.bytes(), text.from(), text.to());
        }
      }
      case AnswerEvent.Signed(int part, Signature signature) -> {
        if (parts.get(part) instanceof Collected collected) {
          collected.signature = new Signature(signature.protocol(), signature.text().kept());
        }
      }
      case AnswerEvent.PartEnded _, AnswerEvent.Ended _, AnswerEvent.Failed _ -> {}
    }
  }

  void write(JsonWriter json) {
    json.array();
    parts.forEach((part, collected) -> write(part, collected, json));
    json.endArray();
  }

  private void write(int part, Collected collected, JsonWriter json) {
    Optional<byte[]> written = own.written(part);
    if (written.isPresent()) {
      writeWritten(written.get(), collected, json);
      return;
    }
    Optional<Signature> signature = Optional.ofNullable(collected.signature);
    switch (collected.what) {
      case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Produced _ ->
          WrittenBlock.text(collected.words(), json);
      case PartBegin.Thinking _ -> WrittenBlock.thinking(collected.words(), signature, json);
      case PartBegin.RedactedThinking(Signature data) -> WrittenBlock.redacted(data, json);
      case PartBegin.ToolCall(JsonString id, JsonString name) -> {
        WrittenBlock.call(id, name, input(collected), json);
        signature.ifPresent(of -> WrittenBlock.redacted(of, json));
      }
    }
  }

  /** A block as its upstream began it, with the arguments that came afterwards. */
  private static void writeWritten(byte[] block, Collected collected, JsonWriter json) {
    if (collected.text.length() == 0
        || !(JsonTree.read(block, 0, block.length) instanceof JsonTree.Members members)) {
      json.raw(block);
      return;
    }
    byte[] input = input(collected);
    members.byName().put("input", JsonTree.read(input, 0, input.length));
    json.value(members);
  }

  /** The arguments of a call; what is no object becomes one, so that nothing is lost. */
  private static byte[] input(Collected collected) {
    if (collected.text.length() == 0) {
      return NO_INPUT;
    }
    byte[] written = collected.words().utf8();
    try {
      JsonScanner scanner = new JsonScanner(written, 0, written.length);
      JsonToken first = scanner.next();
      scanner.skipRest(first);
      scanner.next();
      if (first == JsonToken.OBJECT_START) {
        return written;
      }
    } catch (JsonFault e) {
      // broken off, or never JSON
    }
    ByteSink wrapped = new ByteSink();
    new JsonWriter(wrapped)
        .object()
        .name("arguments")
        .value(new String(written, StandardCharsets.UTF_8))
        .endObject();
    return wrapped.take();
  }
}
