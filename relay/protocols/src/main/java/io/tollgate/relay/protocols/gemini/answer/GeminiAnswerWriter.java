package io.tollgate.relay.protocols.gemini.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.gemini.errors.GeminiErrors;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.gemini.request.SignatureText;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes one answer for a caller of Gemini: chunks as they come, or one document. A call is written
 * once all of its arguments have come, as Gemini's callers expect it.
 */
public final class GeminiAnswerWriter implements AnswerWriter {
  /** Most bytes of arguments that are kept for the calls that are open; one with more is broken. */
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private final AnswerShape shape;
  private final GeminiErrors errors;
  private final ChunkWriter chunks;
  private final DocumentParts document = new DocumentParts();
  private final Map<Integer, PartWriter> open = new TreeMap<>();
  private FinishReason reason = FinishReason.OTHER;
  private int kept;
  private Optional<String> brokenCall = Optional.empty();

  /**
   * @param model as the caller named it
   * @param responseId names the answer
   */
  public GeminiAnswerWriter(
      AnswerShape shape, String model, String responseId, GeminiErrors errors) {
    this.shape = requireNonNull(shape, "shape is null");
    this.errors = requireNonNull(errors, "errors is null");
    this.chunks = new ChunkWriter(shape, model, responseId);
  }

  @Override
  public boolean stream() {
    return shape != AnswerShape.DOCUMENT;
  }

  @Override
  public String contentType() {
    return shape == AnswerShape.EVENTS ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin what) -> begin(part, what, out);
      case AnswerEvent.More(int part, JsonString text) -> {
        PartWriter writer = open.get(part);
        if (writer != null && !text.isEmpty()) {
          more(writer, text, out);
        }
      }
      case AnswerEvent.Signed(int part, Signature signature) -> {
        PartWriter writer = open.get(part);
        if (writer != null) {
          signed(writer, signature, out);
        }
      }
      case AnswerEvent.PartEnded(int part) -> {
        PartWriter writer = open.remove(part);
        if (writer != null) {
          end(writer, out);
        }
      }
      case AnswerEvent.Ended ended -> {
        open.values().forEach(writer -> end(writer, out));
        open.clear();
        reason = ended.reason();
      }
      case AnswerEvent.Failed _ -> {}
    }
  }

  @Override
  public void passed(AnswerEvent event) {
    // chunks stand for themselves: one that ends the answer needs nothing of those before
  }

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    boolean broken = brokenCall.isPresent() && reason != FinishReason.LENGTH;
    String word = broken ? "MALFORMED_FUNCTION_CALL" : FinishReasons.word(reason);
    if (shape == AnswerShape.DOCUMENT) {
      chunks.document(document.taken(), word, brokenCall, usage, out);
    } else {
      chunks.last(word, brokenCall, usage, out);
    }
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    chunks.last(
        FinishReasons.word(FinishReason.LENGTH),
        Optional.of(why.code() + ": " + why.message()),
        usage,
        out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    chunks.error(errors.of(fault), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    chunks.error(errors.of(refusal), out);
  }

  private void begin(int part, PartBegin what, ByteSink out) {
    switch (what) {
      case PartBegin.Text _, PartBegin.Refusal _ -> open.put(part, new PartWriter.Words(false));
      case PartBegin.Thinking _ -> open.put(part, new PartWriter.Words(true));
      case PartBegin.RedactedThinking(Signature data) ->
          part(
              PartJson.words(
                  JsonString.EMPTY, true, Optional.of(SignatureText.written(data, true))),
              out);
      case PartBegin.Produced produced -> part(PartJson.inline(produced.media()), out);
      case PartBegin.ToolCall(JsonString id, JsonString name) ->
          open.put(part, new PartWriter.Call(id.kept(), name.kept()));
    }
  }

  private void more(PartWriter writer, JsonString text, ByteSink out) {
    switch (writer) {
      case PartWriter.Words(boolean thought) -> {
        if (stream()) {
          part(PartJson.words(text, thought, Optional.empty()), out);
        } else {
          document.words(text, thought);
        }
      }
      case PartWriter.Call call -> {
        kept -= call.bytes();
        call.more(text, MAX_BYTES - kept - call.bytes());
        kept += call.bytes();
      }
    }
  }

  private void signed(PartWriter writer, Signature signature, ByteSink out) {
    switch (writer) {
      case PartWriter.Words(boolean thought) -> {
        if (thought) {
          JsonString written = SignatureText.written(signature, false);
          if (stream()) {
            part(PartJson.words(JsonString.EMPTY, true, Optional.of(written)), out);
          } else {
            document.signed(written.kept());
          }
        }
      }
      case PartWriter.Call call -> call.signed(SignatureText.written(signature, false).kept());
    }
  }

  private void end(PartWriter writer, ByteSink out) {
    switch (writer) {
      case PartWriter.Words _ -> document.wordsEnded();
      case PartWriter.Call call -> {
        kept -= call.bytes();
        Optional<byte[]> written = call.written();
        written.ifPresent(json -> part(json, out));
        if (written.isEmpty()) {
          brokenCall =
              Optional.of("The arguments of a function call are no JSON object; it was left out.");
        }
      }
    }
  }

  private void part(byte[] json, ByteSink out) {
    if (stream()) {
      chunks.part(json, out);
    } else {
      document.add(json);
    }
  }
}
