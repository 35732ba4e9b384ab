package io.tollgate.relay.protocols;

import io.tollgate.contracts.Protocol;
import java.util.Map;

/**
 * What callers of each protocol call the fields that a fault is about, where it was found in the
 * form that all protocols share: that form has the names of chat.
 */
final class FieldNames {
  private static final Map<String, String> CHAT =
      Map.of("input_audio", "messages", "url", "messages", "arguments", "messages");

  private static final Map<String, String> RESPONSES =
      Map.of(
          "messages", "input",
          "response_format", "text.format",
          "input_audio", "input",
          "url", "input",
          "arguments", "input");

  private static final Map<String, String> ANTHROPIC =
      Map.of(
          "response_format", "output_config.format",
          "stop", "stop_sequences",
          "input_audio", "messages",
          "url", "messages",
          "arguments", "messages");

  private static final Map<String, String> GEMINI =
      Map.of(
          "messages", "contents",
          "response_format", "generationConfig.responseMimeType",
          "tool_choice", "toolConfig.functionCallingConfig",
          "stop", "generationConfig.stopSequences",
          "frequency_penalty", "generationConfig.frequencyPenalty",
          "presence_penalty", "generationConfig.presencePenalty",
          "input_audio", "contents",
          "url", "contents",
          "arguments", "contents");

  private FieldNames() {}

  /** The same fault in the caller's own words. */
  static RequestFault told(RequestFault fault, Protocol caller) {
    return fault.param().map(names(caller)::get).map(fault::about).orElse(fault);
  }

  private static Map<String, String> names(Protocol caller) {
    return switch (caller) {
      case OPENAI -> CHAT;
      case RESPONSES -> RESPONSES;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }
}
