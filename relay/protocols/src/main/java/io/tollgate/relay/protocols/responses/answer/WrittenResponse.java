package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import java.util.List;
import java.util.Optional;

/** Writes a response as an object, at any point of its life. */
final class WrittenResponse {
  private static final String INCOMPLETE = "incomplete";
  private static final String MAX_OUTPUT = "max_output_tokens";

  private final AnswerHead head;
  private final UpstreamNames names;

  WrittenResponse(AnswerHead head, UpstreamNames names) {
    this.head = requireNonNull(head, "head is null");
    this.names = requireNonNull(names, "names is null");
  }

  /**
   * How far a response is.
   *
   * @param status as the protocol names it
   * @param incomplete why it is not complete
   */
  record State(
      String status,
      Optional<String> incomplete,
      Optional<OpenAiError> error,
      Optional<CutNotice> notice) {
    static final State RUNNING =
        new State("in_progress", Optional.empty(), Optional.empty(), Optional.empty());

    static State ended(FinishReason reason) {
      return switch (reason) {
        case LENGTH -> incomplete(MAX_OUTPUT, Optional.empty());
        case FILTERED -> incomplete("content_filter", Optional.empty());
        case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED, OTHER ->
            new State("completed", Optional.empty(), Optional.empty(), Optional.empty());
      };
    }

    static State cut(CutNotice why) {
      return incomplete(MAX_OUTPUT, Optional.of(why));
    }

    static State failed(OpenAiError error) {
      return new State("failed", Optional.empty(), Optional.of(error), Optional.empty());
    }

    private static State incomplete(String reason, Optional<CutNotice> notice) {
      return new State(INCOMPLETE, Optional.of(reason), Optional.empty(), notice);
    }

    /** What items are that have not ended by themselves. */
    String itemStatus() {
      return incomplete.isPresent() ? INCOMPLETE : "completed";
    }
  }

  String id() {
    return names.responseId().orElse("resp_" + own());
  }

  /** The id of an item. */
  String itemId(WrittenItem.Kind kind, int index) {
    return kind.prefix + own() + "_" + index;
  }

  private String own() {
    return head.requestId().replace("-", "");
  }

  /**
   * Writes it.
   *
   * @param items that are in it so far
   * @param usage what is charged, once that is known
   */
  void write(JsonWriter json, State state, List<WrittenItem> items, Optional<TokenUsage> usage) {
    json.object().name("id").value(id()).name("object").value("response");
    long created = names.createdAt() < 0 ? head.createdAt() : names.createdAt();
    json.name("created_at").value(created).name("status").value(state.status);
    json.name("background").value(false).name("error");
    if (state.error.isPresent()) {
      OpenAiError error = state.error.get();
      json.object().name("code").value(error.code().orElse("server_error"));
      json.name("message").value(error.message()).endObject();
    } else {
      json.nothing();
    }
    json.name("incomplete_details");
    if (state.incomplete.isPresent()) {
      json.object().name("reason").value(state.incomplete.get()).endObject();
    } else {
      json.nothing();
    }
    json.name("model").value(names.model().orElse(head.model())).name("output").array();
    for (WrittenItem item : items) {
      item.write(json, false, item.closed ? "completed" : state.itemStatus());
    }
    json.endArray().raw(head.echo()).name("usage");
    usage.ifPresentOrElse(tokens -> usage(json, tokens), json::nothing);
    state.notice.ifPresent(
        why ->
            json.name("notice")
                .object()
                .name("code")
                .value(why.code())
                .name("message")
                .value(why.message())
                .endObject());
    json.endObject();
  }

  private static void usage(JsonWriter json, TokenUsage usage) {
    json.object().name("input_tokens").value(usage.input());
    json.name("input_tokens_details").object().name("cached_tokens").value(usage.cached());
    if (usage.cacheWrite() > 0) {
      json.name("cache_write_tokens").value(usage.cacheWrite());
    }
    json.endObject().name("output_tokens").value(usage.output());
    json.name("output_tokens_details").object();
    json.name("reasoning_tokens").value(usage.reasoning()).endObject();
    json.name("total_tokens").value(usage.total()).endObject();
  }
}
