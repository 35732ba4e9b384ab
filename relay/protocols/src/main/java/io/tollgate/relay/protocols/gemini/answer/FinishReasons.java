package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.conversation.FinishReason;
import java.util.Optional;

/**
 * Why Gemini ended an answer, in its words and in nobody's.
 *
 * @see <a href="https://ai.google.dev/api/generate-content#FinishReason">FinishReason</a>
 */
final class FinishReasons {
  private FinishReasons() {}

  /**
   * What a word means; empty where it says that nothing has ended.
   *
   * @param called whether a function is called, which has no word of its own
   */
  static Optional<FinishReason> of(String word, boolean called) {
    return switch (word.strip()) {
      case "", "null", "FINISH_REASON_UNSPECIFIED" -> Optional.empty();
      case "STOP" -> Optional.of(called ? FinishReason.TOOL_CALLS : FinishReason.END);
      case "MAX_TOKENS" -> Optional.of(FinishReason.LENGTH);
      case "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION",
          "IMAGE_OTHER" ->
          Optional.of(FinishReason.FILTERED);
      default -> Optional.of(FinishReason.OTHER);
    };
  }

  /** The word for it. */
  static String word(FinishReason reason) {
    return switch (reason) {
      case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
      case LENGTH -> "MAX_TOKENS";
      case FILTERED -> "SAFETY";
      case OTHER -> "OTHER";
    };
  }
}
