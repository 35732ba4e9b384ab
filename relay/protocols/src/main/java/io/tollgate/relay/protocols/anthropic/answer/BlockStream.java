package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the events of one block after the other, with indices from 0. Confined to one thread. */
final class BlockStream {
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private int next;
  private @Nullable PartBegin open;
  private @Nullable Signature callSignature;

  /** Begins a block. */
  void begin(PartBegin what, ByteSink out) {
    if (what instanceof PartBegin.Produced(Media.Inline media)) {
      begin(new PartBegin.Text(), out);
      more(ProducedText.of(media), out);
      return;
    }
    JsonWriter json = startOf(out);
    writeBlock(what, json);
    finish(json, out);
    open = what;
  }

  /** Begins a block that is written already, whole. */
  void beginWritten(byte[] block, ByteSink out) {
    JsonWriter json = startOf(out);
    json.raw(block);
    finish(json, out);
    open = new PartBegin.Text();
  }

  /** More of the block that is open. */
  void more(JsonString text, ByteSink out) {
    PartBegin what = requireNonNull(open, "no block is open");
    if (what instanceof PartBegin.RedactedThinking || what instanceof PartBegin.Produced) {
      return;
    }
    JsonWriter json = deltaOf(out);
    switch (what) {
      case PartBegin.Text _, PartBegin.Refusal _ ->
          json.name("type").value("text_delta").name("text").value(text);
      case PartBegin.Thinking _ ->
          json.name("type").value("thinking_delta").name("thinking").value(text);
      case PartBegin.ToolCall _ ->
          json.name("type").value("input_json_delta").name("partial_json").value(text);
      case PartBegin.RedactedThinking _, PartBegin.Produced _ -> {}
    }
    json.endObject();
    finish(json, out);
  }

  /** The signature of the block that is open; a call's goes into a block behind it. */
  void signed(Signature signature, ByteSink out) {
    PartBegin what = requireNonNull(open, "no block is open");
    if (what instanceof PartBegin.ToolCall) {
      callSignature = new Signature(signature.protocol(), signature.text().kept());
    } else if (what instanceof PartBegin.Thinking) {
      JsonWriter json = deltaOf(out);
      json.name("type").value("signature_delta");
      json.name("signature").value(signature.carriedBy(Protocol.ANTHROPIC)).endObject();
      finish(json, out);
    }
  }

  /** Ends the block that is open. */
  void end(ByteSink out) {
    stop(next - 1, out);
    open = null;
    Signature signature = callSignature;
    callSignature = null;
    if (signature != null) {
      begin(new PartBegin.RedactedThinking(signature), out);
      end(out);
    }
  }

  /** Ends the block at that place. */
  static void stop(int index, ByteSink out) {
    JsonWriter json = event("content_block_stop", out);
    json.name("index").value(index);
    finish(json, out);
  }

  /** Begins an event: its name, and its data up to what is its own. */
  static JsonWriter event(String name, ByteSink out) {
    put("event: " + name + "\ndata: ", out);
    return new JsonWriter(out).object().name("type").value(name);
  }

  /** Ends an event. */
  static void finish(JsonWriter json, ByteSink out) {
    json.endObject();
    out.add(END, 0, END.length);
  }

  static void put(String text, ByteSink out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.add(bytes, 0, bytes.length);
  }

  /** The block as it begins, without what follows. */
  private static void writeBlock(PartBegin what, JsonWriter json) {
    switch (what) {
      case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Produced _ ->
          WrittenBlock.text(JsonString.EMPTY, json);
      case PartBegin.Thinking _ -> WrittenBlock.thinking(JsonString.EMPTY, Optional.empty(), json);
      case PartBegin.RedactedThinking(Signature data) -> WrittenBlock.redacted(data, json);
      case PartBegin.ToolCall(JsonString id, JsonString name) ->
          WrittenBlock.call(id, name, new byte[] {'{', '}'}, json);
    }
  }

  private JsonWriter startOf(ByteSink out) {
    JsonWriter json = event("content_block_start", out);
    return json.name("index").value(next++).name("content_block");
  }

  private JsonWriter deltaOf(ByteSink out) {
    JsonWriter json = event("content_block_delta", out);
    return json.name("index").value(next - 1).name("delta").object();
  }
}
