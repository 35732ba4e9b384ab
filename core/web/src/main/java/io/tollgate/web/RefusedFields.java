package io.tollgate.web;

import io.tollgate.ground.Refusal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which field of a request is wrong, and what is wrong with it, so that forms can say so beside it.
 * A refusal names its field, or begins with it: {@code page: 0 (expected: >= 1)}.
 */
final class RefusedFields {
  private static final Pattern BEGINNING =
      Pattern.compile("([A-Za-z][A-Za-z0-9_.\\[\\]-]{0,63})(: | is missing \\(expected)");

  private RefusedFields() {}

  /** The sentence by the field's name; empty where the whole request is wrong. */
  static Map<String, String> of(Refusal refusal) {
    String sentence = refusal.sentence();
    return refusal
        .field()
        .map(field -> Map.of(field, sentence))
        .orElseGet(
            () -> {
              Matcher beginning = BEGINNING.matcher(sentence);
              return beginning.lookingAt() ? Map.of(beginning.group(1), sentence) : Map.of();
            });
  }
}
