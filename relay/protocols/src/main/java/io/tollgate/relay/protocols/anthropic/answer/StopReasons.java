package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.conversation.FinishReason;
import java.util.Optional;

/**
 * Why an answer ended, in Anthropic's words.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons">stop
 *     reasons</a>
 */
final class StopReasons {
  private StopReasons() {}

  /** What a word means; one that is blank, or the word {@code null}, is no end. */
  static Optional<FinishReason> read(String word) {
    return switch (word.strip()) {
      case "", "null" -> Optional.empty();
      case "end_turn" -> Optional.of(FinishReason.END);
      case "stop_sequence" -> Optional.of(FinishReason.STOP_SEQUENCE);
      case "max_tokens", "model_context_window_exceeded" -> Optional.of(FinishReason.LENGTH);
      case "tool_use" -> Optional.of(FinishReason.TOOL_CALLS);
      case "refusal" -> Optional.of(FinishReason.FILTERED);
      case "pause_turn" -> Optional.of(FinishReason.PAUSED);
      default -> Optional.of(FinishReason.OTHER);
    };
  }

  /**
   * The word for it.
   *
   * @param called whether tools were called, which some upstreams end as any other answer
   */
  static String written(FinishReason reason, boolean called) {
    return switch (reason) {
      case END, OTHER -> called ? "tool_use" : "end_turn";
      case STOP_SEQUENCE -> "stop_sequence";
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case FILTERED -> "refusal";
      case PAUSED -> "pause_turn";
    };
  }
}
