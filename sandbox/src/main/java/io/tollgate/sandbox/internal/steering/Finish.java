package io.tollgate.sandbox.internal.steering;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why an answer ends, in no protocol's words; every protocol's writer has its own for each. */
public enum Finish {
  STOP,
  STOP_SEQUENCE,
  LENGTH,
  /** The model's context is full; where a protocol has no word for it, as the length. */
  CONTEXT_WINDOW,
  TOOL_CALLS,
  /** A filter cut the answer off. */
  CONTENT_FILTER,
  /** The model says that it will not answer. */
  REFUSAL,
  /** A filter stopped the question; there is no answer at all. */
  BLOCKED,
  PAUSE_TURN,
  /** A reason nobody can act on. */
  OTHER;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it is named in the steering. */
  public String text() {
    return text;
  }

  static Optional<Finish> of(String text) {
    return Arrays.stream(values()).filter(finish -> finish.text.equals(text)).findFirst();
  }

  static String known() {
    return Arrays.stream(values()).map(Finish::text).collect(Collectors.joining(", "));
  }
}
