package io.tollgate.sandbox.internal.realtime;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Finish;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the events of one response. */
final class RealtimeWriter {
  /** A fiftieth of a second of silence: 24 kHz, 16 bits. */
  private static final String SILENCE = Base64.getEncoder().encodeToString(new byte[960]);

  private final RealtimeSession session;
  private final EventNames names;
  private final SessionSettings settings;
  private final Choice choice;
  private final boolean speaks;
  private final Answer answer;
  private final String id;
  private final List<String> itemIds = new ArrayList<>();
  private int open = -1;

  RealtimeWriter(
      RealtimeSession session,
      EventNames names,
      SessionSettings settings,
      Choice choice,
      boolean speaks,
      Answer answer) {
    this.session = session;
    this.names = names;
    this.settings = settings;
    this.choice = choice;
    this.speaks = speaks;
    this.answer = answer;
    this.id = session.nextId("resp_");
    for (int i = 0; i <= choice.shown().size(); i++) {
      itemIds.add(session.nextId("item_"));
    }
  }

  String itemId(int index) {
    return itemIds.get(index);
  }

  void created() {
    ObjectNode response = RealtimeResponse.base(id, "in_progress");
    response.putArray("output");
    session.send("response.created", JsonBody.object().set("response", finish(response)));
  }

  private ObjectNode finish(ObjectNode response) {
    response.putNull("status_details").putNull("usage");
    response.set(names.modalities(), settings.json().path(names.modalities()));
    return response;
  }

  void piece(Steps steps, int step) {
    openUpTo(steps.part(step));
    Content content = steps.content(step);
    String piece = content.piece(steps.position(step));
    if (content instanceof Content.Call call) {
      session.send(
          "response.function_call_arguments.delta",
          at(false).put("call_id", call.id("call_")).put("delta", piece));
    } else if (speaks) {
      session.send(names.transcript("delta"), at(true).put("delta", piece));
      session.send(names.audio("delta"), at(true).put("delta", SILENCE));
    } else {
      session.send(names.text("delta"), at(true).put("delta", piece));
    }
  }

  private ObjectNode at(boolean inPart) {
    ObjectNode json =
        JsonBody.object()
            .put("response_id", id)
            .put("item_id", itemIds.get(open))
            .put("output_index", open);
    return inPart ? json.put("content_index", 0) : json;
  }

  private void openUpTo(int index) {
    while (open < index) {
      close();
      open++;
      ObjectNode item = item(open, "in_progress");
      ObjectNode added = JsonBody.object().put("response_id", id).put("output_index", open);
      session.send("response.output_item.added", added.set("item", item));
      ObjectNode known = JsonBody.object().putNull("previous_item_id");
      session.send(names.itemAdded(), known.set("item", item));
      if (!(choice.shown().get(open) instanceof Content.Call)) {
        session.send("response.content_part.added", at(true).set("part", part("")));
      }
    }
  }

  private void close() {
    if (open < 0) {
      return;
    }
    Content content = choice.shown().get(open);
    String text = content.whole();
    if (content instanceof Content.Call call) {
      session.send(
          "response.function_call_arguments.done",
          at(false)
              .put("call_id", call.id("call_"))
              .put("name", call.name())
              .put("arguments", text));
    } else {
      if (speaks) {
        session.send(names.audio("done"), at(true));
        session.send(names.transcript("done"), at(true).put("transcript", text));
      } else {
        session.send(names.text("done"), at(true).put("text", text));
      }
      session.send("response.content_part.done", at(true).set("part", part(text)));
    }
    ObjectNode done = JsonBody.object().put("response_id", id).put("output_index", open);
    session.send("response.output_item.done", done.set("item", item(open, "completed")));
  }

  private ObjectNode part(String text) {
    return speaks
        ? JsonBody.object().put("type", names.audioPart()).put("transcript", text)
        : JsonBody.object().put("type", names.textPart()).put("text", text);
  }

  private ObjectNode item(int index, String status) {
    Content content = choice.shown().get(index);
    ObjectNode json =
        JsonBody.object()
            .put("id", itemIds.get(index))
            .put("object", "realtime.item")
            .put("status", status);
    boolean filled = !status.equals("in_progress");
    if (content instanceof Content.Call call) {
      return json.put("type", "function_call")
          .put("call_id", call.id("call_"))
          .put("name", call.name())
          .put("arguments", filled ? call.whole() : "");
    }
    json.put("type", "message").put("role", "assistant");
    ArrayNode parts = json.putArray("content");
    if (filled) {
      parts.add(part(content.whole()));
    }
    return json;
  }

  /** Ends it: all that is open is closed, unless it was cancelled. */
  void done(String status, Usage usage) {
    if (!status.equals("cancelled")) {
      openUpTo(choice.shown().size() - 1);
      close();
    }
    ObjectNode response = finish(RealtimeResponse.base(id, status));
    ArrayNode output = response.putArray("output");
    for (int index = 0; index <= open; index++) {
      output.add(item(index, status.equals("cancelled") ? "incomplete" : "completed"));
    }
    if (!status.equals("completed")) {
      response.putObject("status_details").put("type", status).put("reason", reason(status));
    }
    if (answer.reportsUsage()) {
      response.set("usage", usage(usage));
    }
    session.send("response.done", JsonBody.object().set("response", response));
  }

  private String reason(String status) {
    if (status.equals("cancelled")) {
      return "client_cancelled";
    }
    return choice.finish() == Finish.LENGTH || choice.finish() == Finish.CONTEXT_WINDOW
        ? "max_output_tokens"
        : "content_filter";
  }

  private static ObjectNode usage(Usage usage) {
    long audio = usage.get(Kind.AUDIO_INPUT_TOKENS);
    long images = usage.get(Kind.IMAGE_INPUT_TOKENS);
    long cached = usage.get(Kind.CACHED_TOKENS);
    long audioCached = usage.get(Kind.AUDIO_CACHED_TOKENS);
    long spoken = usage.get(Kind.AUDIO_OUTPUT_TOKENS);
    ObjectNode json =
        JsonBody.object()
            .put("total_tokens", usage.input() + usage.output())
            .put("input_tokens", usage.input())
            .put("output_tokens", usage.output());
    ObjectNode input =
        json.putObject("input_token_details")
            .put("text_tokens", usage.input() - audio - images)
            .put("audio_tokens", audio)
            .put("image_tokens", images)
            .put("cached_tokens", cached);
    input
        .putObject("cached_tokens_details")
        .put("text_tokens", cached - audioCached)
        .put("audio_tokens", audioCached)
        .put("image_tokens", 0);
    json.putObject("output_token_details")
        .put("text_tokens", usage.output() - spoken)
        .put("audio_tokens", spoken);
    return json;
  }
}
