package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Steps;
import io.tollgate.sandbox.internal.exchange.Frames;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Usage;
import tools.jackson.databind.node.ObjectNode;

/** A response as a stream: every event of it, numbered. */
final class ResponseFrames implements Frames {
  private final ResponseDocument document;
  private final Steps steps;

  /** Items before the first that is told piece by piece: a thought that is hidden. */
  private final int before;

  private int open = -1;
  private int number;

  ResponseFrames(Answer answer, ResponseDocument document) {
    this.document = document;
    this.steps = new Steps(answer, document.thoughtsShown());
    this.before = document.parts().size() - steps.parts(0).size();
  }

  @Override
  public int steps() {
    return steps.count();
  }

  @Override
  public void opening(StringBuilder out) {
    response(out, "response.created", document.begun("in_progress"));
    response(out, "response.in_progress", document.begun("in_progress"));
    for (int index = 0; index < document.lookups(); index++) {
      item(out, "response.output_item.added", index, document.lookup(index, false));
      item(out, "response.output_item.done", index, document.lookup(index, true));
    }
  }

  @Override
  public void step(StringBuilder out, int step) {
    int index = before + steps.part(step);
    openUpTo(out, index);
    Content content = steps.content(step);
    begin(out, deltaType(content)).append(",\"item_id\":\"").append(document.itemId(index));
    out.append("\",\"output_index\":").append(document.lookups() + index);
    within(out, content).append(",\"delta\":");
    JsonText.quote(out, content.piece(steps.position(step)));
    if (content instanceof Content.Prose || content instanceof Content.Text) {
      out.append(",\"logprobs\":[]");
    }
    out.append("}\n\n");
  }

  private static String deltaType(Content content) {
    return switch (content) {
      case Content.Thought thought -> "response.reasoning_summary_text.delta";
      case Content.Call call -> "response.function_call_arguments.delta";
      case Content.Refusal refusal -> "response.refusal.delta";
      case Content.Prose prose -> "response.output_text.delta";
      case Content.Text text -> "response.output_text.delta";
    };
  }

  private static StringBuilder within(StringBuilder out, Content content) {
    return switch (content) {
      case Content.Thought thought -> out.append(",\"summary_index\":0");
      case Content.Call call -> out;
      case Content.Refusal refusal -> out.append(",\"content_index\":0");
      case Content.Prose prose -> out.append(",\"content_index\":0");
      case Content.Text text -> out.append(",\"content_index\":0");
    };
  }

  private void openUpTo(StringBuilder out, int index) {
    while (open < index) {
      close(out);
      open++;
      item(out, "response.output_item.added", false);
      Content part = document.parts().get(open);
      if (isHidden(part) || part instanceof Content.Call) {
        continue;
      }
      boolean thought = part instanceof Content.Thought;
      part(
          out,
          thought ? "response.reasoning_summary_part.added" : "response.content_part.added",
          part,
          thought ? ResponseDocument.summary("") : ResponseDocument.contentPart(part, ""));
    }
  }

  private boolean isHidden(Content part) {
    return part instanceof Content.Thought && !document.thoughtsShown();
  }

  private void close(StringBuilder out) {
    if (open < 0) {
      return;
    }
    Content part = document.parts().get(open);
    if (!isHidden(part)) {
      done(out, part);
    }
    item(out, "response.output_item.done", true);
  }

  private void done(StringBuilder out, Content part) {
    String text = part.whole();
    String type = deltaType(part).replace(".delta", ".done");
    begin(out, type).append(",\"item_id\":\"").append(document.itemId(open));
    out.append("\",\"output_index\":").append(document.lookups() + open);
    within(out, part);
    switch (part) {
      case Content.Call call -> {
        out.append(",\"name\":");
        JsonText.quote(out, call.name());
        out.append(",\"arguments\":");
      }
      case Content.Refusal refusal -> out.append(",\"refusal\":");
      case Content.Thought thought -> out.append(",\"text\":");
      case Content.Prose prose -> out.append(",\"logprobs\":[],\"text\":");
      case Content.Text words -> out.append(",\"logprobs\":[],\"text\":");
    }
    JsonText.quote(out, text);
    out.append("}\n\n");
    if (part instanceof Content.Call) {
      return;
    }
    boolean thought = part instanceof Content.Thought;
    part(
        out,
        thought ? "response.reasoning_summary_part.done" : "response.content_part.done",
        part,
        thought ? ResponseDocument.summary(text) : ResponseDocument.contentPart(part, text));
  }

  private void part(StringBuilder out, String type, Content content, ObjectNode part) {
    begin(out, type).append(",\"item_id\":\"").append(document.itemId(open));
    out.append("\",\"output_index\":").append(document.lookups() + open);
    within(out, content).append(",\"part\":").append(part).append("}\n\n");
  }

  private void item(StringBuilder out, String type, boolean filled) {
    item(out, type, document.lookups() + open, document.item(open, filled));
  }

  private void item(StringBuilder out, String type, int index, ObjectNode item) {
    begin(out, type).append(",\"output_index\":").append(index).append(",\"item\":");
    out.append(item).append("}\n\n");
  }

  @Override
  public void ending(StringBuilder out) {
    openUpTo(out, document.parts().size() - 1);
    close(out);
    response(out, "response." + document.status(), document.ended());
  }

  private void response(StringBuilder out, String type, ObjectNode response) {
    begin(out, type).append(",\"response\":").append(response).append("}\n\n");
  }

  private StringBuilder begin(StringBuilder out, String type) {
    return out.append("event: ")
        .append(type)
        .append("\ndata: {\"type\":\"")
        .append(type)
        .append("\",\"sequence_number\":")
        .append(number++);
  }

  @Override
  public Usage delivered(int delivered) {
    return steps.delivered(delivered);
  }
}
