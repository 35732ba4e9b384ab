package io.tollgate.sandbox.internal.audio;

import io.tollgate.sandbox.internal.content.Content;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.Locale;

/**
 * What was heard.
 *
 * @param task transcribe or translate
 * @param bySeconds whether its usage is told in seconds
 * @param told whether usage is told at all
 * @param everyWord whether each word's time is told, where any is
 */
record Transcript(
    Content.Prose text,
    double seconds,
    String task,
    boolean bySeconds,
    Usage usage,
    boolean told,
    boolean everyWord) {

  String in(String format) {
    return switch (format) {
      case "text" -> text.whole() + "\n";
      case "srt" -> "1\n00:00:00,000 --> " + clock(',') + "\n" + text.whole() + "\n\n";
      case "vtt" -> "WEBVTT\n\n00:00:00.000 --> " + clock('.') + "\n" + text.whole() + "\n\n";
      case "verbose_json" -> verbose();
      default -> plain();
    };
  }

  private String clock(char point) {
    long ms = Math.round(seconds * 1000);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        point,
        ms % 1000);
  }

  private String plain() {
    StringBuilder json = new StringBuilder("{\"text\":");
    JsonText.quote(json, text.whole());
    usage(json);
    return json.append('}').toString();
  }

  private String verbose() {
    StringBuilder json = new StringBuilder("{\"task\":\"").append(task);
    json.append("\",\"language\":\"english\",\"duration\":").append(seconds).append(",\"text\":");
    JsonText.quote(json, text.whole());
    if (everyWord) {
      json.append(",\"words\":[");
      for (int i = 0; i < text.pieces(); i++) {
        json.append(i == 0 ? "{\"word\":" : ",{\"word\":");
        JsonText.quote(json, text.piece(i).strip());
        json.append(",\"start\":").append(seconds * i / text.pieces());
        json.append(",\"end\":").append(seconds * (i + 1) / text.pieces()).append('}');
      }
      json.append(']');
    }
    json.append(",\"segments\":[{\"id\":0,\"seek\":0,\"start\":0.0,\"end\":").append(seconds);
    json.append(",\"text\":");
    JsonText.quote(json, text.whole());
    json.append(",\"tokens\":[],\"temperature\":0.0,\"avg_logprob\":-0.2,");
    json.append("\"compression_ratio\":1.0,\"no_speech_prob\":0.01}]");
    usage(json);
    return json.append('}').toString();
  }

  void usage(StringBuilder json) {
    if (!told) {
      return;
    }
    if (bySeconds) {
      json.append(",\"usage\":{\"type\":\"duration\",\"seconds\":");
      json.append(usage.get(Kind.SECONDS)).append('}');
      return;
    }
    long audio = usage.get(Kind.AUDIO_INPUT_TOKENS);
    json.append(",\"usage\":{\"type\":\"tokens\",\"input_tokens\":").append(usage.input());
    json.append(",\"input_token_details\":{\"text_tokens\":").append(usage.input() - audio);
    json.append(",\"audio_tokens\":").append(audio).append("},\"output_tokens\":");
    json.append(usage.output()).append(",\"total_tokens\":");
    json.append(usage.input() + usage.output()).append('}');
  }
}
