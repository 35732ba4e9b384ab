package io.tollgate.relay.protocols.internal.openai;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;

/** Counts what older endpoints take: a text, texts, tokens, or lists of tokens. Used once. */
public final class PromptReader {
  private final String parameter;
  private final JsonScanner scanner;
  private final InputText.Collector input;
  private int maxTextBytes;

  /**
   * @param parameter that it is given in
   */
  public PromptReader(String parameter, JsonScanner scanner, InputText.Collector input) {
    this.parameter = requireNonNull(parameter, "parameter is null");
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.input = requireNonNull(input, "input is null");
  }

  /** Bytes of the longest text, as it is written. */
  public int maxTextBytes() {
    return maxTextBytes;
  }

  /**
   * Reads the value whose first token was just returned.
   *
   * @return how many prompts there are, at least 1
   */
  public int read(JsonToken token) {
    if (token == JsonToken.STRING) {
      text(parameter);
      return 1;
    }
    if (token != JsonToken.ARRAY_START) {
      throw fault(parameter, token);
    }
    int prompts = 0;
    int tokens = 0;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      String where = parameter + "[" + (prompts + tokens) + "]";
      switch (next) {
        case STRING -> {
          text(where);
          prompts++;
        }
        case ARRAY_START -> {
          tokens(where);
          prompts++;
        }
        case NUMBER -> {
          input.tokens(1);
          tokens++;
        }
        case OBJECT_START, OBJECT_END, ARRAY_END, NAME, TRUE, FALSE, NULL, END ->
            throw fault(where, next);
      }
      if (prompts > 0 && tokens > 0) {
        throw RequestFault.of(where, "texts and tokens mixed (expected: one or the other)");
      }
    }
    if (prompts + tokens == 0) {
      throw RequestFault.of(parameter, "empty (expected: a text, or an array of at least one)");
    }
    return Math.max(1, prompts);
  }

  private void text(String where) {
    int bytes = scanner.end() - scanner.start();
    if (bytes == 0) {
      throw RequestFault.of(where, "empty (expected: a text of at least one character)");
    }
    maxTextBytes = Math.max(maxTextBytes, bytes);
    input.text(scanner.start(), scanner.end(), scanner.escaped());
  }

  private void tokens(String where) {
    int tokens = 0;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next != JsonToken.NUMBER) {
        throw RequestFault.of(
            where + "[" + tokens + "]", ParameterValues.name(next) + " (expected: a token)");
      }
      tokens++;
    }
    if (tokens == 0) {
      throw RequestFault.of(where, "empty (expected: at least one token)");
    }
    input.tokens(tokens);
  }

  private static RequestFault fault(String where, JsonToken token) {
    return RequestFault.of(
        where,
        ParameterValues.name(token) + " (expected: a text, an array of texts, or of tokens)");
  }
}
