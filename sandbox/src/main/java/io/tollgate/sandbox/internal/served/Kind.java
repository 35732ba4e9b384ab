package io.tollgate.sandbox.internal.served;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be counted beside all input and all output tokens; tokens here are parts of those. */
public enum Kind {
  CACHED_TOKENS(true),
  CACHE_WRITE_TOKENS(true),
  CACHE_WRITE_1H_TOKENS(true),
  AUDIO_INPUT_TOKENS(true),
  IMAGE_INPUT_TOKENS(true),
  AUDIO_CACHED_TOKENS(true),
  REASONING_TOKENS(false),
  AUDIO_OUTPUT_TOKENS(false),
  IMAGE_OUTPUT_TOKENS(false),
  SECONDS(true),
  CHARACTERS(true),
  IMAGES(false),
  SEARCH_UNITS(false),
  WEB_SEARCHES(false),
  WEB_FETCHES(false),
  FILE_SEARCHES(false),
  CODE_SESSIONS(false),
  MAP_SEARCHES(false);

  private static final Map<String, Kind> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toMap(Kind::text, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);
  private final boolean prompt;

  Kind(boolean prompt) {
    this.prompt = prompt;
  }

  /** Its name in the journal and in what is told of it. */
  public String text() {
    return text;
  }

  /** Whether it is known before an answer has begun. */
  boolean isOfPrompt() {
    return prompt;
  }

  static Optional<Kind> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }
}
