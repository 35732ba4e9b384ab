package io.tollgate.relay.protocols.openai.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a streamed answer as chunks of a chat completion. Confined to one thread. */
public final class ChatAnswerWriter implements AnswerWriter {
  private static final byte[] FIELD = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {'\n', '\n'};

  private final StreamIdentity identity;
  private final boolean includeUsage;
  private final OpenAiErrors errors;
  // by part: how its text is written
  private final Map<Integer, Shape> shapes = new HashMap<>();
  private int calls;
  private boolean begun;
  private boolean ended;

  /** How the text of a part is written: under a name, or as the arguments of a call. */
  private record Shape(String name, int call) {}

  /**
   * @param model as the caller named it
   * @param includeUsage whether the caller asked for the usage chunk
   */
  public ChatAnswerWriter(
      AnswerTerms terms, String model, boolean includeUsage, OpenAiErrors errors) {
    identity = identity(terms, model);
    this.includeUsage = includeUsage;
    this.errors = requireNonNull(errors, "errors is null");
  }

  static StreamIdentity identity(AnswerTerms terms, String model) {
    return new StreamIdentity("chatcmpl-" + terms.requestId(), terms.at().getEpochSecond(), model);
  }

  static String word(FinishReason reason) {
    return switch (reason) {
      case END, STOP_SEQUENCE, PAUSED, OTHER -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case FILTERED -> "content_filter";
    };
  }

  @Override
  public boolean stream() {
    return true;
  }

  @Override
  public String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    begin(out);
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin what) -> begin(part, what, out);
      case AnswerEvent.More(int part, JsonString text) -> more(part, text, out);
      case AnswerEvent.Signed(int part, Signature signature) -> sign(part, signature, out);
      case AnswerEvent.PartEnded _, AnswerEvent.Failed _ -> {}
      case AnswerEvent.Ended end -> {
        ended = true;
        JsonWriter json = chunk(out);
        json.object().endObject();
        finishChunk(json, word(end.reason()), out);
      }
    }
  }

  @Override
  public void passed(AnswerEvent event) {}

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    begin(out);
    put(ChatStreamWriter.end(identity, includeUsage ? Optional.of(usage) : Optional.empty()), out);
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    BitSet open = new BitSet();
    open.set(0, !ended);
    put(ChatStreamWriter.cutShort(identity, open, why.code(), why.message()), out);
    end(usage, out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    put(ChatStreamWriter.error(errors.of(fault)), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    put(ChatStreamWriter.error(errors.of(refusal)), out);
  }

  private void begin(ByteSink out) {
    if (!begun) {
      begun = true;
      JsonWriter json = chunk(out);
      json.object().name("role").value("assistant").name("content").value("").endObject();
      finishChunk(json, null, out);
    }
  }

  private void begin(int part, PartBegin what, ByteSink out) {
    switch (what) {
      case PartBegin.Text _ -> shapes.put(part, new Shape("content", -1));
      case PartBegin.Refusal _ -> shapes.put(part, new Shape("refusal", -1));
      case PartBegin.Thinking _ -> shapes.put(part, new Shape("reasoning_content", -1));
      case PartBegin.RedactedThinking _ -> {}
      case PartBegin.Produced produced -> {
        JsonWriter json = chunk(out);
        writePictures(List.of(produced), json.object());
        finishChunk(json.endObject(), null, out);
      }
      case PartBegin.ToolCall(JsonString id, JsonString name) -> {
        Shape shape = new Shape("", calls++);
        shapes.put(part, shape);
        JsonWriter json = call(shape, out);
        json.name("id").value(id).name("type").value("function");
        json.name("function").object().name("name").value(name);
        json.name("arguments").value("").endObject();
        finishCall(json, out);
      }
    }
  }

  private void more(int part, JsonString text, ByteSink out) {
    Shape shape = shapes.get(part);
    if (shape == null) {
      return;
    }
    if (shape.call >= 0) {
      JsonWriter json = call(shape, out);
      json.name("function").object().name("arguments").value(text).endObject();
      finishCall(json, out);
      return;
    }
    JsonWriter json = chunk(out);
    json.object().name(shape.name).value(text).endObject();
    finishChunk(json, null, out);
  }

  private void sign(int part, Signature signature, ByteSink out) {
    Shape shape = shapes.get(part);
    if (shape == null || shape.call < 0 || signature.protocol() != Protocol.GEMINI) {
      return;
    }
    JsonWriter json = call(shape, out);
    writeSignature(signature, json);
    finishCall(json, out);
  }

  /** Where OpenRouter and others have pictures that a model has made. */
  static void writePictures(List<PartBegin.Produced> pictures, JsonWriter json) {
    json.name("images").array();
    for (PartBegin.Produced picture : pictures) {
      json.object().name("type").value("image_url").name("image_url").object();
      json.name("url").value(picture.dataUrl()).endObject().endObject();
    }
    json.endArray();
  }

  /** Where Google's own compatible interface has it. */
  static void writeSignature(Signature signature, JsonWriter json) {
    json.name("extra_content").object().name("google").object();
    json.name("thought_signature").value(signature.text()).endObject().endObject();
  }

  private JsonWriter call(Shape shape, ByteSink out) {
    JsonWriter json = chunk(out);
    json.object().name("tool_calls").array().object().name("index").value(shape.call);
    return json;
  }

  private void finishCall(JsonWriter json, ByteSink out) {
    json.endObject().endArray().endObject();
    finishChunk(json, null, out);
  }

  /** The chunk up to its delta, which is to be written next. */
  private JsonWriter chunk(ByteSink out) {
    out.add(FIELD, 0, FIELD.length);
    JsonWriter json = new JsonWriter(out);
    json.object().name("id").value(identity.id());
    json.name("object").value("chat.completion.chunk");
    json.name("created").value(identity.created());
    json.name("model").value(identity.model());
    json.name("choices").array().object().name("index").value(0).name("delta");
    return json;
  }

  private static void finishChunk(JsonWriter json, @Nullable String reason, ByteSink out) {
    json.name("logprobs").nothing().name("finish_reason");
    if (reason == null) {
      json.nothing();
    } else {
      json.value(reason);
    }
    json.endObject().endArray().endObject();
    out.add(END, 0, END.length);
  }

  private static void put(byte[] bytes, ByteSink out) {
    out.add(bytes, 0, bytes.length);
  }
}
