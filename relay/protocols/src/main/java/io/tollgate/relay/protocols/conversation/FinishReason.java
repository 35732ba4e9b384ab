package io.tollgate.relay.protocols.conversation;

/** Why an answer ended. */
public enum FinishReason {
  /** It was said. */
  END,
  /** At a text before which it was to stop. */
  STOP_SEQUENCE,
  /** At a limit of tokens. */
  LENGTH,
  /** Tools are to be called. */
  TOOL_CALLS,
  /** By a filter. */
  FILTERED,
  /** The provider takes a break, and may be asked to go on. */
  PAUSED,
  /** For a reason that has no word here. */
  OTHER
}
