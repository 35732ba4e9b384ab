package io.tollgate.relay.protocols.gemini.request;

import java.util.ArrayList;
import java.util.List;

/**
 * The two spellings of a name: Google's parser takes {@code systemInstruction} and {@code
 * system_instruction} for the same.
 *
 * @see <a href="https://protobuf.dev/programming-guides/json/">JSON of protocol buffers</a>
 */
final class BothCases {
  private BothCases() {}

  /** The name itself, and the one with underscores where that is another. */
  static String[] of(String camelCase) {
    String snakeCase = snake(camelCase);
    return snakeCase.equals(camelCase)
        ? new String[] {camelCase}
        : new String[] {camelCase, snakeCase};
  }

  /** All spellings of several names. */
  static String[] ofAll(String... camelCase) {
    List<String> all = new ArrayList<>();
    for (String name : camelCase) {
      all.addAll(List.of(of(name)));
    }
    return all.toArray(String[]::new);
  }

  static String snake(String camelCase) {
    StringBuilder snake = new StringBuilder(camelCase.length() + 4);
    for (int i = 0; i < camelCase.length(); i++) {
      char letter = camelCase.charAt(i);
      if (letter >= 'A' && letter <= 'Z') {
        snake.append('_').append((char) (letter + 32));
      } else {
        snake.append(letter);
      }
    }
    return snake.toString();
  }
}
