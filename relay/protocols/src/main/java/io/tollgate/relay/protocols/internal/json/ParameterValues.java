package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.RequestFault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the values of a request's parameters by the types that its protocol wants; what is wrong is
 * told by what was given and what was expected. Used once.
 */
public final class ParameterValues {
  /** Longest name of a model, characters. */
  public static final int MAX_MODEL_LENGTH = 256;

  /** Most tools of a request; no provider takes as many. */
  public static final int MAX_TOOLS = 1024;

  private final byte[] body;
  private final JsonScanner scanner;

  public ParameterValues(byte[] body, JsonScanner scanner) {
    this.body = requireNonNull(body, "body is null");
    this.scanner = requireNonNull(scanner, "scanner is null");
  }

  /** Takes the beginning of the body's one object. */
  public void openObject() {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      // a broken value is told as such, and not as one of a wrong kind
      scanner.skipRest(first);
      scanner.next();
      throw RequestFault.malformed("body: " + name(first) + " (expected: a JSON object)");
    }
  }

  /**
   * A request has so many tools.
   *
   * @throws RequestFault where they are more than {@link #MAX_TOOLS}
   */
  public static void requireTools(int given) {
    if (given > MAX_TOOLS) {
      throw RequestFault.of("tools", given + " (expected: at most " + MAX_TOOLS + ")");
    }
  }

  /** A body that is not JSON. */
  public RequestFault malformed(JsonFault fault) {
    if (body.length == 0) {
      return RequestFault.malformed("body: empty (expected: a JSON object)");
    }
    if (body.length >= 3 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB) {
      return RequestFault.malformed(
          "body: begins with a byte order mark (expected: a JSON object)");
    }
    return RequestFault.malformed("body: not JSON at byte " + fault.offset() + ": " + fault.what());
  }

  /** The model's name, whose token was just returned. */
  public String model(JsonToken token) {
    if (token != JsonToken.STRING) {
      throw RequestFault.of("model", name(token) + " (expected: the name of a model, a string)");
    }
    // four bytes a character, six where it is escaped
    boolean tooLong = scanner.end() - scanner.start() > 6 * MAX_MODEL_LENGTH;
    String model = tooLong ? "" : scanner.text();
    if (model.isEmpty() || model.length() > MAX_MODEL_LENGTH) {
      throw RequestFault.of(
          "model",
          (tooLong ? "more" : model.length())
              + " characters (expected: 1 to "
              + MAX_MODEL_LENGTH
              + ")");
    }
    return model;
  }

  /** A flag; null is false. */
  public static boolean flag(String parameter, JsonToken token) {
    return switch (token) {
      case TRUE -> true;
      case FALSE, NULL -> false;
      case STRING, NUMBER, OBJECT_START, OBJECT_END, ARRAY_START, ARRAY_END, NAME, END ->
          throw RequestFault.of(parameter, name(token) + " (expected: true or false)");
    };
  }

  /** A limit of tokens from 1, one beyond any possible cut to it; 0 where it is null. */
  public long limit(String parameter, JsonToken token) {
    return token == JsonToken.NULL
        ? 0
        : Math.min(
            TokenUsage.MAX_TOKENS,
            whole(parameter, token, 1, Long.MAX_VALUE / 100, "a whole number >= 1"));
  }

  /** A whole number within bounds, or what it is where it is null. */
  public int whole(String parameter, JsonToken token, int min, int max, int otherwise) {
    return token == JsonToken.NULL
        ? otherwise
        : (int) whole(parameter, token, min, max, "a whole number, " + min + " to " + max);
  }

  private long whole(String parameter, JsonToken token, long min, long max, String range) {
    String expected = " (expected: " + range + ")";
    if (token != JsonToken.NUMBER) {
      throw RequestFault.of(parameter, name(token) + expected);
    }
    long value = 0;
    boolean digitsOnly = true;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = body[i] - '0';
      digitsOnly &= digit >= 0 && digit <= 9;
      value = Math.min(value * 10 + digit, Long.MAX_VALUE / 100);
    }
    if (!digitsOnly || value < min || value > max) {
      throw RequestFault.of(parameter, shownNumber() + expected);
    }
    return value;
  }

  /** The service tier asked for; what is no text asks for none. */
  public Optional<ServiceTier> tier(JsonToken token) {
    Optional<ServiceTier> tier =
        token == JsonToken.STRING ? Optional.of(ServiceTier.of(scanner.text())) : Optional.empty();
    scanner.skipRest(token);
    return tier;
  }

  private String shownNumber() {
    int length = Math.min(32, scanner.end() - scanner.start());
    return new String(body, scanner.start(), length, StandardCharsets.US_ASCII);
  }

  /** What a token is, in a sentence. */
  public static String name(JsonToken token) {
    return switch (token) {
      case OBJECT_START, OBJECT_END -> "an object";
      case ARRAY_START, ARRAY_END -> "an array";
      case NAME, STRING -> "a string";
      case NUMBER -> "a number";
      case TRUE -> "true";
      case FALSE -> "false";
      case NULL -> "null";
      case END -> "nothing";
    };
  }
}
