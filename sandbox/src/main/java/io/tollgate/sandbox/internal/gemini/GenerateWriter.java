package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.content.Choice;
import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.steering.Finish;
import java.util.List;

/** Writes content as Google does, as a whole or in chunks. */
final class GenerateWriter {
  private static final int MAX_QUERIES = 4096;

  private final Answer answer;
  private final boolean thoughtsShown;
  private final boolean newest;
  private final String tail;

  GenerateWriter(Answer answer, boolean thoughtsShown, Reply.Stamp stamp) {
    this.answer = answer;
    this.thoughtsShown = thoughtsShown;
    String model = answer.question().model();
    this.newest = model.startsWith("gemini-3");
    this.tail =
        ",\"modelVersion\":\""
            + model
            + "\",\"responseId\":\""
            + Long.toHexString(Seeds.mix(answer.question().prompt().seed() + stamp.number()))
            + "\"}";
  }

  String body() {
    StringBuilder json = new StringBuilder(512 + 8 * (int) answer.output()).append('{');
    if (isBlocked()) {
      json.append("\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}");
    } else {
      json.append("\"candidates\":[");
      for (Choice choice : answer.choices()) {
        json.append(choice.index() == 0 ? "" : ",").append("{\"content\":{\"parts\":[");
        for (Content part : thoughtsShown ? choice.parts() : choice.shown()) {
          String text = part(part, part.pieces() == 0 ? "" : part.whole());
          if (!text.isEmpty()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",").append(text);
          }
        }
        json.append("],\"role\":\"model\"},\"finishReason\":\"").append(finish(choice));
        json.append("\",\"index\":").append(choice.index());
        grounding(json, choice);
        json.append('}');
      }
      json.append(']');
    }
    usage(json, answer.output(), answer.reasoning());
    return json.append(tail).toString();
  }

  boolean isBlocked() {
    return answer.choices().getFirst().finish() == Finish.BLOCKED;
  }

  /** A chunk with a piece of a part; the output so far stands in its usage. */
  void piece(
      StringBuilder out, Choice choice, Content part, String text, long output, long thought) {
    out.append("{\"candidates\":[{\"content\":{\"parts\":[").append(part(part, text));
    out.append("],\"role\":\"model\"},\"index\":").append(choice.index()).append("}]");
    usage(out, output, thought);
    out.append(tail);
  }

  /** The last chunk: why each choice has ended, and all usage. */
  void end(StringBuilder out) {
    if (isBlocked()) {
      out.append(body());
      return;
    }
    out.append("{\"candidates\":[");
    for (Choice choice : answer.choices()) {
      out.append(choice.index() == 0 ? "" : ",");
      out.append(
          "{\"content\":{\"parts\":[{\"text\":\"\"}],\"role\":\"model\"},\"finishReason\":\"");
      out.append(finish(choice)).append("\",\"index\":").append(choice.index());
      grounding(out, choice);
      out.append('}');
    }
    out.append(']');
    usage(out, answer.output(), answer.reasoning());
    out.append(tail);
  }

  /** What the answer was looked up in; some queries say nothing, as the real ones do. */
  private void grounding(StringBuilder json, Choice choice) {
    long searches = Math.min(MAX_QUERIES, answer.usage().get(Kind.WEB_SEARCHES));
    long places = answer.usage().get(Kind.MAP_SEARCHES);
    if (choice.index() > 0 || searches + places == 0) {
      return;
    }
    json.append(",\"groundingMetadata\":{\"webSearchQueries\":[");
    for (int i = 0; i < searches; i++) {
      json.append(i == 0 ? "\"\",\"words " : ",\"words ").append(i).append('"');
    }
    json.append("],\"groundingChunks\":[");
    if (searches > 0) {
      json.append("{\"web\":{\"uri\":\"https://example.com/\",\"title\":\"words\"}}");
    }
    if (places > 0) {
      json.append(searches > 0 ? "," : "");
      json.append("{\"maps\":{\"uri\":\"https://example.com/map\",\"title\":\"words\"}}");
    }
    json.append("]}");
  }

  private String part(Content part, String text) {
    StringBuilder json = new StringBuilder(text.length() + 64);
    switch (part) {
      case Content.Thought thought -> {
        json.append("{\"text\":");
        JsonText.quote(json, text);
        json.append(",\"thought\":true}");
      }
      case Content.Call call -> call(json, call);
      case Content.Prose prose -> text(json, text);
      case Content.Text words -> text(json, text);
      case Content.Refusal refusal -> text(json, text);
    }
    return json.toString();
  }

  private static void text(StringBuilder json, String text) {
    if (!text.isEmpty()) {
      json.append("{\"text\":");
      JsonText.quote(json, text);
      json.append('}');
    }
  }

  /** A call is told as a whole or, where it was cut off, not at all. */
  private void call(StringBuilder json, Content.Call call) {
    if (!call.isWhole()) {
      return;
    }
    json.append("{\"functionCall\":{");
    if (newest) {
      json.append("\"id\":\"").append(call.id("call_")).append("\",");
    }
    json.append("\"name\":\"").append(call.name()).append("\",\"args\":").append(call.whole());
    json.append('}');
    if ((newest || answer.reasoning() > 0) && isFirstCall(call)) {
      json.append(",\"thoughtSignature\":\"").append(Signatures.of(call.name())).append('"');
    }
    json.append('}');
  }

  private boolean isFirstCall(Content.Call call) {
    return answer.choices().stream()
        .map(Choice::shown)
        .filter(shown -> !shown.isEmpty())
        .map(List::getFirst)
        .anyMatch(first -> first.equals(call));
  }

  private static String finish(Choice choice) {
    return switch (choice.finish()) {
      case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSE_TURN -> "STOP";
      case LENGTH, CONTEXT_WINDOW -> "MAX_TOKENS";
      case CONTENT_FILTER, REFUSAL -> "SAFETY";
      case BLOCKED -> "PROHIBITED_CONTENT";
      case OTHER -> "OTHER";
    };
  }

  private void usage(StringBuilder json, long output, long thought) {
    if (!answer.reportsUsage()) {
      return;
    }
    json.append(",\"usageMetadata\":{\"promptTokenCount\":").append(answer.input());
    if (output > thought) {
      json.append(",\"candidatesTokenCount\":").append(output - thought);
    }
    json.append(",\"totalTokenCount\":").append(answer.input() + output);
    long images = answer.usage().get(Kind.IMAGE_INPUT_TOKENS);
    long audio = answer.usage().get(Kind.AUDIO_INPUT_TOKENS);
    if (answer.cached() > 0) {
      json.append(",\"cachedContentTokenCount\":").append(answer.cached());
      json.append(",\"cacheTokensDetails\":[");
      modality(json, "TEXT", answer.cached());
      json.append(']');
    }
    json.append(",\"promptTokensDetails\":[");
    modality(json, "TEXT", answer.input() - images - audio);
    modality(json, "IMAGE", images);
    modality(json, "AUDIO", audio);
    json.append(']');
    if (thought > 0) {
      json.append(",\"thoughtsTokenCount\":").append(thought);
    }
    json.append('}');
  }

  static void modality(StringBuilder json, String name, long tokens) {
    if (tokens > 0) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"modality\":\"").append(name).append("\",\"tokenCount\":").append(tokens);
      json.append('}');
    }
  }
}
