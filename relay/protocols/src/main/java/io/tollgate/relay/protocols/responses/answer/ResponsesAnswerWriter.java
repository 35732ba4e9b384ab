package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.Optional;

/** Writes a response, its events or the whole of it. Confined to one thread. */
public final class ResponsesAnswerWriter implements AnswerWriter {
  private final OpenAiErrors errors;
  private final boolean stream;
  private final UpstreamNames names;
  private final EventSink events;
  private final WrittenResponse response;
  private final ItemsWriter items;
  private FinishReason reason = FinishReason.END;
  // whether the stream has begun, by us or by the upstream
  private boolean begun;
  private boolean over;

  /**
   * @param stream whether the caller asked for events
   */
  public ResponsesAnswerWriter(AnswerHead head, OpenAiErrors errors, boolean stream) {
    this(head, errors, stream, new UpstreamNames());
  }

  private ResponsesAnswerWriter(
      AnswerHead head, OpenAiErrors errors, boolean stream, UpstreamNames names) {
    this.errors = requireNonNull(errors, "errors is null");
    this.stream = stream;
    this.names = requireNonNull(names, "names is null");
    this.events = new EventSink(names);
    this.response = new WrittenResponse(head, names);
    this.items = new ItemsWriter(events, response, names);
  }

  /**
   * The same, which goes on in the names of the upstream that speaks this protocol too.
   *
   * @param upstream names that are filled while its answer is read
   */
  public static ResponsesAnswerWriter goingOn(
      AnswerHead head, OpenAiErrors errors, boolean stream, UpstreamNames upstream) {
    return new ResponsesAnswerWriter(head, errors, stream, upstream);
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
    begin(out);
    take(event, stream ? Optional.of(out) : Optional.empty());
  }

  @Override
  public void passed(AnswerEvent event) {
    begun = true;
    take(event, Optional.empty());
  }

  @Override
  public void end(TokenUsage usage, ByteSink out) {
    if (over) {
      return;
    }
    over = true;
    WrittenResponse.State state = WrittenResponse.State.ended(reason);
    if (!stream) {
      document(state, usage, out);
      return;
    }
    begin(out);
    items.closeAll(out, state.itemStatus());
    String type = state.incomplete().isPresent() ? "response.incomplete" : "response.completed";
    byte[] whole = names.whole();
    if (whole == null) {
      responseEvent(type, state, Optional.of(usage), out);
    } else {
      events.event(type, out, json -> json.name("response").raw(onOneLine(whole)));
    }
  }

  private void document(WrittenResponse.State state, TokenUsage usage, ByteSink out) {
    byte[] whole = names.whole();
    if (whole == null) {
      response.write(new JsonWriter(out), state, items.items(), Optional.of(usage));
    } else {
      out.add(whole, 0, whole.length);
    }
  }

  @Override
  public void cutShort(CutNotice why, TokenUsage usage, ByteSink out) {
    if (over) {
      return;
    }
    over = true;
    WrittenResponse.State state = WrittenResponse.State.cut(why);
    EventSink.comment(why.message(), out);
    begin(out);
    items.closeAll(out, state.itemStatus());
    responseEvent("response.incomplete", state, Optional.of(usage), out);
  }

  @Override
  public void failed(UpstreamFault fault, ByteSink out) {
    broken(errors.of(fault), out);
  }

  @Override
  public void broken(Refusal refusal, ByteSink out) {
    broken(errors.of(refusal), out);
  }

  /** An error, which SDKs throw, and the response that failed, which others look for. */
  private void broken(OpenAiError error, ByteSink out) {
    if (over) {
      return;
    }
    over = true;
    events.event(
        "error",
        out,
        json -> {
          members(error, json);
          json.name("error").object().name("type").value(error.type());
          members(error, json);
          json.endObject();
        });
    if (begun) {
      responseEvent("response.failed", WrittenResponse.State.failed(error), Optional.empty(), out);
    }
  }

  private static void members(OpenAiError error, JsonWriter json) {
    json.name("code");
    error.code().ifPresentOrElse(json::value, json::nothing);
    json.name("message").value(error.message()).name("param");
    error.param().ifPresentOrElse(json::value, json::nothing);
  }

  private void begin(ByteSink out) {
    if (begun || !stream) {
      return;
    }
    begun = true;
    for (String type : new String[] {"response.created", "response.in_progress"}) {
      responseEvent(type, WrittenResponse.State.RUNNING, Optional.empty(), out);
    }
  }

  private void take(AnswerEvent event, Optional<ByteSink> out) {
    switch (event) {
      case AnswerEvent.PartBegun partBegun -> items.begin(partBegun.part(), partBegun.what(), out);
      case AnswerEvent.More more -> items.more(more.part(), more.text(), out);
      case AnswerEvent.Signed signed -> items.sign(signed.part(), signed.signature());
      case AnswerEvent.PartEnded ended -> items.end(ended.part(), out);
      case AnswerEvent.Ended ended -> reason = ended.reason();
      case AnswerEvent.Failed _ -> {}
    }
  }

  private void responseEvent(
      String type, WrittenResponse.State state, Optional<TokenUsage> usage, ByteSink out) {
    events.event(
        type, out, json -> response.write(json.name("response"), state, items.items(), usage));
  }

  /** A line end would end the event's line; in JSON it is only space. */
  private static byte[] onOneLine(byte[] document) {
    byte[] line = document.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }
}
