package io.tollgate.relay.protocols.responses.answer;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import io.tollgate.relay.protocols.responses.answer.WrittenItem.Content;
import io.tollgate.relay.protocols.responses.answer.WrittenItem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of an answer into items, and writes the events of each: words that follow one
 * another are parts of one message; thoughts and calls are items of their own. Confined to one
 * thread.
 */
final class ItemsWriter {
  private final EventSink events;
  private final WrittenResponse response;
  private final UpstreamNames names;
  private final List<WrittenItem> items = new ArrayList<>();
  // by the part's number; null where the part is not ours to tell
  private final List<@Nullable Content> contents = new ArrayList<>();

  ItemsWriter(EventSink events, WrittenResponse response, UpstreamNames names) {
    this.events = requireNonNull(events, "events is null");
    this.response = requireNonNull(response, "response is null");
    this.names = requireNonNull(names, "names is null");
  }

  List<WrittenItem> items() {
    return items;
  }

  void begin(int part, PartBegin what, Optional<ByteSink> out) {
    if (what instanceof PartBegin.ToolCall call && call.name().isEmpty()) {
      contents.add(null);
      return;
    }
    Kind kind =
        switch (what) {
          case PartBegin.Text _, PartBegin.Refusal _, PartBegin.Produced _ -> Kind.MESSAGE;
          case PartBegin.Thinking _, PartBegin.RedactedThinking _ -> Kind.REASONING;
          case PartBegin.ToolCall _ -> Kind.CALL;
        };
    WrittenItem item = itemOf(part, kind, out, what);
    Content content = new Content(item, item.contents.size(), what instanceof PartBegin.Refusal);
    item.contents.add(content);
    contents.add(content);
    if (kind == Kind.MESSAGE && out.isPresent()) {
      events.event(
          "response.content_part.added",
          out.get(),
          json -> {
            place(json, content);
            content.write(json.name("part"), true);
          });
    }
    if (what instanceof PartBegin.RedactedThinking(Signature data)) {
      sign(part, data);
    } else if (what instanceof PartBegin.Produced produced) {
      more(part, produced.markdown(), out);
    }
  }

  void more(int part, JsonString text, Optional<ByteSink> out) {
    Content content = content(part);
    if (content == null || content.ended) {
      return;
    }
    content.add(text);
    boolean first = !content.begun;
    content.begun = true;
    if (out.isEmpty()) {
      return;
    }
    switch (content.item.kind) {
      case MESSAGE -> {
        String type = content.refusal ? "response.refusal.delta" : "response.output_text.delta";
        events.event(
            type,
            out.get(),
            json -> {
              place(json, content);
              json.name("delta").value(text);
              if (!content.refusal) {
                json.name("logprobs").array().endArray();
              }
            });
      }
      case REASONING -> {
        if (first) {
          summaryPart("response.reasoning_summary_part.added", content, true, out.get());
        }
        events.event(
            "response.reasoning_summary_text.delta",
            out.get(),
            json -> summaryPlace(json, content).name("delta").value(text));
      }
      case CALL ->
          events.event(
              "response.function_call_arguments.delta",
              out.get(),
              json -> itemPlace(json, content.item).name("delta").value(text));
    }
  }

  void sign(int part, Signature signature) {
    Content content = content(part);
    if (content != null && content.item.kind == Kind.REASONING) {
      content.item.signature =
          Optional.of(new Signature(signature.protocol(), signature.text().kept()));
    }
  }

  void end(int part, Optional<ByteSink> out) {
    Content content = content(part);
    if (content == null || content.ended) {
      return;
    }
    content.ended = true;
    out.ifPresent(sink -> done(content, sink));
    WrittenItem item = content.item;
    // a message that we write may go on with a further part as long as it is the last
    if (out.isEmpty() || item.kind != Kind.MESSAGE || item != items.getLast()) {
      closeIfDone(item, out);
    }
  }

  /**
   * Ends what is open, in order.
   *
   * @param status of what has not ended by itself
   */
  void closeAll(ByteSink out, String status) {
    for (WrittenItem item : items) {
      if (item.closed) {
        continue;
      }
      String itemStatus = item.open() ? status : "completed";
      for (Content content : item.contents) {
        if (!content.ended) {
          content.ended = true;
          done(content, out);
        }
      }
      close(item, Optional.of(out), itemStatus);
      item.closed = itemStatus.equals("completed");
    }
  }

  private void closeIfDone(WrittenItem item, Optional<ByteSink> out) {
    if (!item.closed && !item.open()) {
      close(item, out, "completed");
    }
  }

  private void close(WrittenItem item, Optional<ByteSink> out, String status) {
    item.closed = true;
    out.ifPresent(
        sink ->
            events.event(
                "response.output_item.done",
                sink,
                json ->
                    item.write(
                        json.name("output_index").value(item.index).name("item"), false, status)));
  }

  private WrittenItem itemOf(int part, Kind kind, Optional<ByteSink> out, PartBegin what) {
    UpstreamNames.Place place = names.place(part);
    WrittenItem last = items.isEmpty() ? null : items.getLast();
    if (last != null && kind == Kind.MESSAGE && last.kind == kind) {
      if (place == null ? !last.closed : place.outputIndex() == last.index) {
        last.closed = false;
        return last;
      }
    }
    if (last != null) {
      closeIfDone(last, out);
    }
    int index = place == null ? items.size() : place.outputIndex();
    String id =
        place == null || place.itemId().isEmpty() ? response.itemId(kind, index) : place.itemId();
    WrittenItem item = new WrittenItem(kind, id, index);
    if (what instanceof PartBegin.ToolCall(JsonString callId, JsonString name)) {
      item.callId = callId.kept();
      item.name = name.kept();
    }
    items.add(item);
    out.ifPresent(
        sink ->
            events.event(
                "response.output_item.added",
                sink,
                json ->
                    item.write(
                        json.name("output_index").value(index).name("item"), true, "in_progress")));
    return item;
  }

  private void done(Content content, ByteSink out) {
    switch (content.item.kind) {
      case MESSAGE -> {
        String type = content.refusal ? "response.refusal.done" : "response.output_text.done";
        events.event(
            type,
            out,
            json -> {
              place(json, content).name(content.refusal ? "refusal" : "text");
              json.value(content.text());
              if (!content.refusal) {
                json.name("logprobs").array().endArray();
              }
            });
        events.event(
            "response.content_part.done",
            out,
            json -> content.write(place(json, content).name("part"), false));
      }
      case REASONING -> {
        if (content.begun) {
          events.event(
              "response.reasoning_summary_text.done",
              out,
              json -> summaryPlace(json, content).name("text").value(content.text()));
          summaryPart("response.reasoning_summary_part.done", content, false, out);
        }
      }
      case CALL ->
          events.event(
              "response.function_call_arguments.done",
              out,
              json ->
                  itemPlace(json, content.item)
                      .name("name")
                      .value(content.item.name)
                      .name("arguments")
                      .value(content.text()));
    }
  }

  private void summaryPart(String type, Content content, boolean empty, ByteSink out) {
    events.event(
        type,
        out,
        json ->
            WrittenItem.summary(
                summaryPlace(json, content).name("part"),
                empty ? JsonString.EMPTY : content.text()));
  }

  private @Nullable Content content(int part) {
    return part < contents.size() ? contents.get(part) : null;
  }

  private static JsonWriter itemPlace(JsonWriter json, WrittenItem item) {
    return json.name("item_id").value(item.id).name("output_index").value(item.index);
  }

  private static JsonWriter place(JsonWriter json, Content content) {
    return itemPlace(json, content.item).name("content_index").value(content.index);
  }

  private static JsonWriter summaryPlace(JsonWriter json, Content content) {
    return itemPlace(json, content.item).name("summary_index").value(0);
  }
}
