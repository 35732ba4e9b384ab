package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes what we add to a stream of completions, and an answer in the other form than it came in.
 * Confined to one thread.
 */
final class CompletionsWriter implements AnswerWriter {
  private static final String DONE = "data: [DONE]\n\n";

  private final CompletionsRequest request;
  private final CompletionsReader reader;
  private final String requestId;
  private final Instant at;
  // by part; only for a document
  private final List<ByteSink> texts = new ArrayList<>();
  private final List<Boolean> open = new ArrayList<>();
  private FinishReason reason = FinishReason.END;
  // whether the events are written, and do not pass
  private boolean written;

  CompletionsWriter(
      CompletionsRequest request, CompletionsReader reader, String requestId, Instant at) {
    this.request = requireNonNull(request, "request is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.requestId = requireNonNull(requestId, "requestId is null");
    this.at = requireNonNull(at, "at is null");
  }

  /** Writes the members of a chunk or document beside its head. */
  private interface Members {
    void write(JsonWriter json);
  }

  @Override
  public boolean stream() {
    return request.stream();
  }

  @Override
  public String contentType() {
    return stream() ? "text/event-stream; charset=utf-8" : "application/json";
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    written = true;
    passed(event);
    if (event instanceof AnswerEvent.More(int part, JsonString text)) {
      if (stream()) {
        chunk(out, json -> choice(json.name("choices").array(), part, text, "").endArray());
      } else {
        texts.get(part).add(text.bytes(), text.from(), text.to());
      }
    }
  }

  @Override
  public void passed(AnswerEvent event) {
    switch (event) {
      case AnswerEvent.PartBegun _ -> {
        texts.add(new ByteSink());
        open.add(true);
      }
      case AnswerEvent.PartEnded(int part) -> open.set(part, false);
      case AnswerEvent.Ended ended -> reason = ended.reason();
      case AnswerEvent.More _, AnswerEvent.Signed _, AnswerEvent.Failed _ -> {}
    }
  }

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    if (stream()) {
      if (written) {
        finish(out, usage);
      } else {
        // all else has passed
        put(DONE, out);
      }
      return;
    }
    JsonWriter json = head(new JsonWriter(out)).name("choices").array();
    for (int part = 0; part < texts.size(); part++) {
      ByteSink text = texts.get(part);
      choice(json, part, new JsonString(text.array(), 0, text.length(), true), word(reason));
    }
    usage(json.endArray(), usage).endObject();
  }

  private void finish(ByteSink out, TokenUsage usage) {
    chunk(
        out,
        json -> {
          json.name("choices").array();
          for (int part = 0; part < open.size(); part++) {
            choice(json, part, JsonString.EMPTY, word(reason));
          }
          json.endArray();
        });
    close(out, usage);
  }

  private void close(ByteSink out, TokenUsage usage) {
    if (request.includeUsage()) {
      chunk(out, json -> usage(json.name("choices").array().endArray(), usage));
    }
    put(DONE, out);
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    put(": " + why.message().replace('\r', ' ').replace('\n', ' ') + "\n\n", out);
    chunk(
        out,
        json -> {
          json.name("choices").array();
          for (int part = 0; part < open.size(); part++) {
            if (open.get(part)) {
              choice(json, part, JsonString.EMPTY, "length");
            }
          }
          json.endArray().name("notice").object().name("code").value(why.code());
          json.name("message").value(why.message()).endObject();
        });
    close(out, usage);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    error(request.errors().of(fault), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    error(request.errors().of(refusal), out);
  }

  private static void error(OpenAiError error, ByteSink out) {
    put("data: " + error.json() + "\n\n", out);
  }

  private void chunk(ByteSink out, Members members) {
    put("data: ", out);
    JsonWriter json = head(new JsonWriter(out));
    members.write(json);
    json.endObject();
    put("\n\n", out);
  }

  private JsonWriter head(JsonWriter json) {
    String id = reader.id().isEmpty() ? "cmpl-" + requestId.replace("-", "") : reader.id();
    json.object().name("id").value(id).name("object").value("text_completion");
    json.name("created").value(at.getEpochSecond()).name("model");
    return json.value(reader.model().isEmpty() ? request.model() : reader.model());
  }

  private JsonWriter choice(JsonWriter json, int part, JsonString text, String finish) {
    json.object().name("text").value(text).name("index").value(reader.index(part));
    json.name("logprobs").nothing().name("finish_reason");
    Optional.of(finish).filter(word -> !word.isEmpty()).ifPresentOrElse(json::value, json::nothing);
    return json.endObject();
  }

  private static String word(FinishReason reason) {
    return switch (reason) {
      case LENGTH -> "length";
      case FILTERED -> "content_filter";
      case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED, OTHER -> "stop";
    };
  }

  private static JsonWriter usage(JsonWriter json, TokenUsage usage) {
    json.name("usage").object().name("prompt_tokens").value(usage.input());
    json.name("completion_tokens").value(usage.output());
    return json.name("total_tokens").value(usage.total()).endObject();
  }

  private static void put(String text, ByteSink out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.add(bytes, 0, bytes.length);
  }
}
