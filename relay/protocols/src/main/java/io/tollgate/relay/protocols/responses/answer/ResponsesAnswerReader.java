package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerReader;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a response, its events or the whole of it. Confined to one thread. */
public final class ResponsesAnswerReader implements AnswerReader {
  private final AccountTraces traces;
  private final boolean own;
  private final ReportedUsage usage = new ReportedUsage();
  private final UpstreamNames names = new UpstreamNames();
  private final EventFields fields = new EventFields();
  private final ReadParts parts;
  private @Nullable ServiceTier tier;

  /**
   * @param traces of the account that answers
   * @param own whether the caller speaks this protocol too: then they get what no other has
   */
  public ResponsesAnswerReader(AccountTraces traces, boolean own) {
    this.traces = requireNonNull(traces, "traces is null");
    this.own = own;
    this.parts = new ReadParts(names, new ProvidedCalls(usage), own);
  }

  /** What the upstream calls what it answers. */
  public UpstreamNames names() {
    return names;
  }

  @Override
  public Optional<String> keptId() {
    return names.responseId();
  }

  @Override
  public ReportedUsage usage() {
    return usage;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.ofNullable(tier);
  }

  @Override
  public Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    try {
      if (!fields.read(new JsonScanner(bytes, from, to), bytes)) {
        return Kind.UNREADABLE;
      }
      names.sequence(fields.sequence);
      return read(bytes, from, to, out);
    } catch (JsonFault e) {
      return Kind.UNREADABLE;
    }
  }

  @Override
  public Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    try {
      if (!fields.read(new JsonScanner(bytes, from, to), bytes)) {
        return Kind.UNREADABLE;
      }
      ReadResponse response = ReadResponse.of(bytes, from, to, usage);
      if (response.status == ReadResponse.Status.UNSAID && response.outputFrom < 0) {
        return error(bytes, from, to, out);
      }
      take(response);
      if (response.status == ReadResponse.Status.FAILED
          || (response.error.given() && response.outputFrom < 0)) {
        return failed(response, bytes, out);
      }
      whole(bytes, from, to);
      items(response, bytes, out);
      out.accept(ended(response));
      return Kind.END;
    } catch (JsonFault e) {
      return Kind.UNREADABLE;
    }
  }

  private Kind read(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    int index = fields.outputIndex;
    int content = fields.contentIndex;
    switch (fields.type) {
      case PROGRESS -> {
        if (fields.response.given()) {
          take(response(bytes));
        }
      }
      case ITEM_ADDED -> {
        if (fields.item.given()) {
          parts.added(index, item(fields.item, bytes), out);
        }
      }
      case ITEM_DONE -> {
        if (fields.item.given()) {
          parts.done(index, item(fields.item, bytes), out);
        }
      }
      case PART_ADDED -> {
        if (fields.part.given()) {
          parts.partAdded(index, content, item(fields.part, bytes), out);
        }
      }
      case PART_DONE -> {
        if (fields.part.given()) {
          partDone(index, content, item(fields.part, bytes), out);
        }
      }
      case TEXT_DELTA, TEXT_DONE -> text(index, content, new PartBegin.Text(), out);
      case REFUSAL_DELTA, REFUSAL_DONE -> text(index, content, new PartBegin.Refusal(), out);
      case ARGUMENTS_DELTA, ARGUMENTS_DONE -> text(index, 0, ReadParts.NAMELESS, out);
      case SUMMARY_PART_ADDED -> parts.summaryAdded(index);
      case SUMMARY_DELTA -> thought(index, true, out);
      case REASONING_DELTA -> thought(index, false, out);
      // told in pieces before, or with the item
      case SUMMARY_DONE, REASONING_DONE -> {}
      case ENDED -> {
        return end(bytes, out);
      }
      case FAILED -> {
        return fields.response.given()
            ? failed(response(bytes), bytes, out)
            : error(bytes, from, to, out);
      }
      case ERROR, NONE -> {
        return error(bytes, from, to, out);
      }
      case OTHER -> {
        return fields.error.given() || (fields.complaint && !fields.known)
            ? error(bytes, from, to, out)
            : Kind.ANSWER;
      }
    }
    return Kind.ANSWER;
  }

  private void text(int index, int content, PartBegin what, Consumer<AnswerEvent> out) {
    boolean whole = fields.delta.isEmpty();
    JsonString text = (whole ? fields.text : fields.delta).orElse(JsonString.EMPTY);
    parts.text(index, content, what, text, whole, out);
  }

  private void thought(int index, boolean summary, Consumer<AnswerEvent> out) {
    fields.delta.ifPresent(text -> parts.thought(index, summary, text, false, out));
  }

  private void partDone(int index, int content, ReadItem part, Consumer<AnswerEvent> out) {
    switch (part.kind) {
      case REFUSAL -> parts.text(index, content, new PartBegin.Refusal(), part.text, true, out);
      case TEXT -> parts.text(index, content, new PartBegin.Text(), part.text, true, out);
      // thoughts end with their item
      case THOUGHT -> {
        return;
      }
      case MESSAGE, REASONING, CALL, OTHER_CALL, PROVIDED, OTHER -> {}
    }
    parts.partEnded(index, content, out);
  }

  private Kind end(byte[] bytes, Consumer<AnswerEvent> out) {
    if (!fields.response.given()) {
      out.accept(
          new AnswerEvent.Ended(
              parts.called() ? FinishReason.TOOL_CALLS : FinishReason.END, Optional.empty()));
      return Kind.END;
    }
    ReadResponse response = response(bytes);
    take(response);
    if (response.status == ReadResponse.Status.FAILED) {
      return failed(response, bytes, out);
    }
    whole(bytes, fields.response.from, fields.response.to);
    if (!parts.any()) {
      items(response, bytes, out);
    }
    out.accept(ended(response));
    return Kind.END;
  }

  private AnswerEvent.Ended ended(ReadResponse response) {
    FinishReason said = parts.called() ? FinishReason.TOOL_CALLS : FinishReason.END;
    FinishReason reason =
        switch (response.status) {
          case COMPLETED, UNSAID -> said;
          case INCOMPLETE ->
              switch (response.reason.length() > 64 ? "" : response.reason.text()) {
                case "content_filter" -> FinishReason.FILTERED;
                case "max_output_tokens", "max_tokens" -> FinishReason.LENGTH;
                default -> FinishReason.OTHER;
              };
          case RUNNING -> FinishReason.PAUSED;
          case FAILED, OTHER -> FinishReason.OTHER;
        };
    return new AnswerEvent.Ended(reason, Optional.empty());
  }

  private void items(ReadResponse response, byte[] bytes, Consumer<AnswerEvent> out) {
    if (response.outputFrom < 0) {
      return;
    }
    JsonScanner scanner = new JsonScanner(bytes, response.outputFrom, response.outputTo);
    scanner.next();
    int index = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      if (token == JsonToken.OBJECT_START && index <= EventFields.MAX_INDEX) {
        parts.done(index++, ReadItem.of(scanner, bytes), out);
      } else {
        scanner.skipRest(token);
      }
    }
  }

  /** The response as it was told at its end, for a caller who gets it in another form. */
  private void whole(byte[] bytes, int from, int to) {
    if (own) {
      names.whole(bytes, from, to);
    }
  }

  private void take(ReadResponse response) {
    names.response(shortText(response.id), shortText(response.model), response.created);
    response.tier.ifPresent(named -> tier = named);
  }

  private static String shortText(JsonString text) {
    return text.length() > 1024 ? "" : text.text();
  }

  private Kind failed(ReadResponse response, byte[] bytes, Consumer<AnswerEvent> out) {
    take(response);
    byte[] error =
        response.error.given()
            ? Arrays.copyOfRange(bytes, response.error.from, response.error.to)
            : new byte[0];
    out.accept(new AnswerEvent.Failed(ResponseFaults.within(error, traces)));
    return Kind.ERROR;
  }

  private Kind error(byte[] bytes, int from, int to, Consumer<AnswerEvent> out) {
    if (fields.error.given()) {
      byte[] error = Arrays.copyOfRange(bytes, fields.error.from, fields.error.to);
      out.accept(new AnswerEvent.Failed(ResponseFaults.within(error, traces)));
      return Kind.ERROR;
    }
    if (fields.complaint || fields.type == EventType.ERROR || fields.type == EventType.FAILED) {
      byte[] whole = Arrays.copyOfRange(bytes, from, to);
      out.accept(new AnswerEvent.Failed(ResponseFaults.of(whole, traces)));
      return Kind.ERROR;
    }
    return Kind.NOTHING;
  }

  private ReadResponse response(byte[] bytes) {
    return ReadResponse.of(bytes, fields.response.from, fields.response.to, usage);
  }

  private static ReadItem item(EventFields.Slice slice, byte[] bytes) {
    return ReadItem.of(bytes, slice.from, slice.to);
  }
}
