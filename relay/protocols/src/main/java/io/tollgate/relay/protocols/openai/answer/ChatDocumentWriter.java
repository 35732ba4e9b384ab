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
import io.tollgate.relay.protocols.conversation.CollectedAnswer;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.ArrayList;
import java.util.List;

/** Writes an answer as one chat completion. Confined to one thread. */
public final class ChatDocumentWriter implements AnswerWriter {
  private final StreamIdentity identity;
  private final OpenAiErrors errors;
  private final CollectedAnswer answer = new CollectedAnswer();

  /**
   * @param model as the caller named it
   */
  public ChatDocumentWriter(AnswerTerms terms, String model, OpenAiErrors errors) {
    identity = ChatAnswerWriter.identity(terms, model);
    this.errors = requireNonNull(errors, "errors is null");
  }

  @Override
  public boolean stream() {
    return false;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void write(AnswerEvent event, ByteSink out) {
    answer.take(event);
  }

  @Override
  public void passed(AnswerEvent event) {}

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    JsonWriter json = new JsonWriter(out);
    json.object().name("id").value(identity.id()).name("object").value("chat.completion");
    json.name("created").value(identity.created()).name("model").value(identity.model());
    json.name("choices").array().object().name("index").value(0);
    json.name("message").object().name("role").value("assistant");
    text("content", PartBegin.Text.class, json);
    text("refusal", PartBegin.Refusal.class, json);
    if (answer.has(PartBegin.Thinking.class)) {
      text("reasoning_content", PartBegin.Thinking.class, json);
    }
    List<PartBegin.Produced> pictures = new ArrayList<>();
    for (CollectedAnswer.Part part : answer.parts(PartBegin.Produced.class)) {
      if (part.what() instanceof PartBegin.Produced picture) {
        pictures.add(picture);
      }
    }
    if (!pictures.isEmpty()) {
      ChatAnswerWriter.writePictures(pictures, json);
    }
    calls(json);
    json.endObject().name("logprobs").nothing();
    json.name("finish_reason")
        .value(
            ChatAnswerWriter.word(
                answer.ended().map(AnswerEvent.Ended::reason).orElse(FinishReason.END)));
    json.endObject().endArray();
    json.name("usage").raw(ChatStreamWriter.json(usage)).endObject();
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    end(usage, out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    put(errors.of(fault).json(), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    put(errors.of(refusal).json(), out);
  }

  private void text(String name, Class<? extends PartBegin> kind, JsonWriter json) {
    json.name(name);
    if (answer.has(kind)) {
      json.value(answer.text(kind));
    } else {
      json.nothing();
    }
  }

  private void calls(JsonWriter json) {
    List<CollectedAnswer.Part> calls = answer.parts(PartBegin.ToolCall.class);
    if (calls.isEmpty()) {
      return;
    }
    json.name("tool_calls").array();
    for (CollectedAnswer.Part part : calls) {
      if (part.what() instanceof PartBegin.ToolCall(JsonString id, JsonString name)) {
        json.object().name("id").value(id).name("type").value("function");
        json.name("function").object().name("name").value(name);
        json.name("arguments").value(part.text()).endObject();
        part.signature()
            .filter(signature -> signature.protocol() == Protocol.GEMINI)
            .ifPresent(signature -> ChatAnswerWriter.writeSignature(signature, json));
        json.endObject();
      }
    }
    json.endArray();
  }

  private static void put(String json, ByteSink out) {
    new JsonWriter(out).raw(json);
  }
}
