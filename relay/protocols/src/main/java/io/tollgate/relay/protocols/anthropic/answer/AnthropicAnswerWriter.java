package io.tollgate.relay.protocols.anthropic.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicError;
import io.tollgate.relay.protocols.anthropic.errors.AnthropicErrors;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer as Anthropic does: the events of a stream, whole by its rules, or one message.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">Streaming</a>
 */
public final class AnthropicAnswerWriter implements AnswerWriter {
  private final AnswerTerms terms;
  private final String model;
  private final boolean stream;
  private final AnthropicErrors errors;
  private final OwnBlocks own;
  private final SerialParts streamed;
  private final DocumentParts collected;
  private boolean begun;
  private boolean passedOn;
  private boolean endPassed;
  private boolean called;
  private boolean refused;
  private AnswerEvent.@Nullable Ended ended;

  /**
   * @param model as the caller named it
   * @param stream whether the caller asked for a stream
   * @param own blocks that are known beyond the steps of the answer
   */
  public AnthropicAnswerWriter(
      AnswerTerms terms, String model, boolean stream, AnthropicErrors errors, OwnBlocks own) {
    this.terms = requireNonNull(terms, "terms is null");
    this.model = requireNonNull(model, "model is null");
    this.stream = stream;
    this.errors = requireNonNull(errors, "errors is null");
    this.own = requireNonNull(own, "own is null");
    this.streamed = new SerialParts(own);
    this.collected = new DocumentParts(own);
  }

  @Override
  public boolean stream() {
    return stream;
  }

  @Override
  public String contentType() {
    return stream ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    note(event);
    if (!stream) {
      collected.take(event);
    } else if (!(event instanceof AnswerEvent.Ended)) {
      begin(out);
      streamed.take(event, out);
    }
  }

  @Override
  public void passed(AnswerEvent event) {
    note(event);
    begun = true;
    passedOn = true;
    endPassed |= event instanceof AnswerEvent.Ended;
  }

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    if (!stream) {
      writeMessage(usage, out);
      return;
    }
    begin(out);
    if (!endPassed) {
      endBlocks(out);
      JsonWriter json = BlockStream.event("message_delta", out);
      writeEnd(reason(), stopSequence(), usage, json);
      BlockStream.finish(json, out);
    }
    BlockStream.finish(BlockStream.event("message_stop", out), out);
  }

  /** Why is said in a comment and in the last event's additional member {@code notice}. */
  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    begin(out);
    endBlocks(out);
    BlockStream.put(": " + why.message().replace('\r', ' ').replace('\n', ' ') + "\n\n", out);
    JsonWriter json = BlockStream.event("message_delta", out);
    writeEnd(StopReasons.written(FinishReason.LENGTH, false), Optional.empty(), usage, json);
    json.name("notice").object().name("code").value(why.code());
    json.name("message").value(why.message()).endObject();
    BlockStream.finish(json, out);
    BlockStream.finish(BlockStream.event("message_stop", out), out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    writeError(errors.of(fault, terms.requestId()), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    writeError(errors.of(refusal, terms.requestId()), out);
  }

  private void note(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun(int part, PartBegin what) -> {
        called |= what instanceof PartBegin.ToolCall && own.written(part).isEmpty();
        refused |= what instanceof PartBegin.Refusal;
      }
      case AnswerEvent.Ended end ->
          ended = new AnswerEvent.Ended(end.reason(), end.stopSequence().map(JsonString::kept));
      case AnswerEvent.More _,
          AnswerEvent.Signed _,
          AnswerEvent.PartEnded _,
          AnswerEvent.Failed _ -> {}
    }
  }

  private void begin(ByteSink out) {
    if (begun) {
      return;
    }
    begun = true;
    JsonWriter json = BlockStream.event("message_start", out).name("message").object();
    writeHead(json);
    json.name("content").array().endArray();
    json.name("stop_reason").nothing().name("stop_sequence").nothing().name("usage");
    UsageJson.write(TokenUsage.of(countedInput(), 0), json);
    json.endObject();
    BlockStream.finish(json, out);
  }

  private long countedInput() {
    return Math.min(terms.bounds().countedInput(), TokenUsage.MAX_TOKENS);
  }

  private void endBlocks(ByteSink out) {
    if (passedOn) {
      own.open().stream().forEach(index -> BlockStream.stop(index, out));
    } else {
      streamed.endAll(out);
    }
  }

  private void writeMessage(TokenUsage usage, ByteSink out) {
    JsonWriter json = new JsonWriter(out).object();
    writeHead(json);
    collected.write(json.name("content"));
    json.name("stop_reason").value(reason());
    writeStopSequence(stopSequence(), json);
    json.name("usage");
    UsageJson.write(usage, json);
    json.endObject();
  }

  private void writeHead(JsonWriter json) {
    json.name("id").value("msg_" + terms.requestId());
    json.name("type").value("message").name("role").value("assistant");
    json.name("model").value(model);
  }

  private static void writeEnd(
      String reason, Optional<JsonString> stopSequence, TokenUsage usage, JsonWriter json) {
    json.name("delta").object().name("stop_reason").value(reason);
    writeStopSequence(stopSequence, json);
    json.endObject().name("usage");
    UsageJson.write(usage, json);
  }

  private static void writeStopSequence(Optional<JsonString> stopSequence, JsonWriter json) {
    json.name("stop_sequence");
    stopSequence.ifPresentOrElse(json::value, json::nothing);
  }

  private String reason() {
    FinishReason reason = ended == null ? FinishReason.OTHER : ended.reason();
    boolean refusal = refused && reason == FinishReason.END;
    return StopReasons.written(refusal ? FinishReason.FILTERED : reason, called);
  }

  private Optional<JsonString> stopSequence() {
    return ended == null ? Optional.empty() : ended.stopSequence();
  }

  private static void writeError(AnthropicError error, ByteSink out) {
    BlockStream.put("event: error\ndata: " + error.json() + "\n\n", out);
  }
}
