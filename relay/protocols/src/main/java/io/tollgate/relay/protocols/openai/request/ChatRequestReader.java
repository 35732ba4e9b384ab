package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a chat request in one pass. Used once. */
final class ChatRequestReader {
  private static final JsonName FUNCTION = JsonName.of("function");
  private static final JsonName CUSTOM = JsonName.of("custom");
  private static final JsonName TYPE = JsonName.of("type");
  private static final JsonName INCLUDE_USAGE = JsonName.of("include_usage");

  private final byte[] body;
  private final OpenAiErrors errors;
  private final ChatRequest.Writers writers;
  private final JsonScanner scanner;
  private final ChatFields fields = new ChatFields();
  private final InputText.Collector input;
  private int seen;

  ChatRequestReader(byte[] body, OpenAiErrors errors, ChatRequest.Writers writers) {
    this.writers = writers;
    this.errors = errors;
    this.body = requireNonNull(body, "body is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.input = new InputText.Collector(body);
  }

  ChatRequest read() {
    try {
      readObject();
    } catch (JsonFault e) {
      throw RequestFault.malformed(whatIsWrong(e));
    }
    if (!has(ChatParameter.MODEL)) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (!has(ChatParameter.MESSAGES)) {
      throw RequestFault.of("messages", "missing (expected: an array of messages)");
    }
    return new ChatRequest(body, fields, input.collected(), errors, writers);
  }

  private String whatIsWrong(JsonFault fault) {
    if (body.length == 0) {
      return "body: empty (expected: a JSON object)";
    }
    if (body.length >= 3 && (body[0] & 0xFF) == 0xEF && (body[1] & 0xFF) == 0xBB) {
      return "body: begins with a byte order mark (expected: a JSON object)";
    }
    return "body: not JSON at byte " + fault.offset() + ": " + fault.what();
  }

  private void readObject() {
    JsonToken first = scanner.next();
    if (first != JsonToken.OBJECT_START) {
      // a broken value is told as such, and not as one of a wrong kind
      scanner.skipRest(first);
      scanner.next();
      throw RequestFault.malformed("body: " + name(first) + " (expected: a JSON object)");
    }
    fields.objectFrom = scanner.end();
    while (scanner.next() != JsonToken.OBJECT_END) {
      ChatParameter parameter = ChatParameter.of(scanner);
      if (parameter == ChatParameter.ANY_OTHER) {
        scanner.skipValue();
        continue;
      }
      if (has(parameter)) {
        throw RequestFault.of(parameter.parameterName(), "given twice (expected: once)");
      }
      seen |= 1 << parameter.ordinal();
      readValue(parameter);
    }
    scanner.next();
  }

  private boolean has(ChatParameter parameter) {
    return (seen & 1 << parameter.ordinal()) != 0;
  }

  private void readValue(ChatParameter parameter) {
    JsonToken token = scanner.next();
    switch (parameter) {
      case MODEL -> readModel(token);
      case MESSAGES -> readMessages(token);
      case STREAM -> fields.stream = flag(parameter.parameterName(), token);
      case STREAM_OPTIONS -> readStreamOptions(token);
      case N -> {
        if (token != JsonToken.NULL) {
          fields.choices = (int) whole(parameter, token, ChatRequest.MAX_CHOICES, false);
        }
      }
      case MAX_TOKENS, MAX_COMPLETION_TOKENS -> {
        if (token != JsonToken.NULL) {
          long limit = whole(parameter, token, TokenUsage.MAX_TOKENS, true);
          fields.maxOutputTokens = Math.max(fields.maxOutputTokens, limit);
        }
      }
      case SERVICE_TIER -> {
        if (token == JsonToken.STRING) {
          fields.tier = Optional.of(ServiceTier.of(scanner.text()));
        }
        scanner.skipRest(token);
      }
      case WEB_SEARCH_OPTIONS, PLUGINS, CACHED_CONTENT -> {
        fields.inputElsewhere |= token != JsonToken.NULL;
        scanner.skipRest(token);
      }
      case PROMPT_CACHE_KEY -> {
        if (token == JsonToken.STRING && scanner.start() < scanner.end()) {
          fields.cacheKey = scanner.text().hashCode() | 1L << 32;
        }
        scanner.skipRest(token);
      }
      case TOOLS -> readTools(token);
      case FUNCTIONS, RESPONSE_FORMAT -> {
        int from = scanner.start();
        scanner.skipRest(token);
        if (token == JsonToken.OBJECT_START || token == JsonToken.ARRAY_START) {
          input.text(from, scanner.end(), false);
        }
      }
      case ANY_OTHER -> scanner.skipRest(token);
    }
  }

  private void readModel(JsonToken token) {
    if (token != JsonToken.STRING) {
      throw RequestFault.of("model", name(token) + " (expected: the name of a model, a string)");
    }
    // four bytes a character, six where it is escaped
    boolean tooLong = scanner.end() - scanner.start() > 6 * ChatRequest.MAX_MODEL_LENGTH;
    String model = tooLong ? "" : scanner.text();
    if (model.isEmpty() || model.length() > ChatRequest.MAX_MODEL_LENGTH) {
      throw RequestFault.of(
          "model",
          (tooLong ? "more" : model.length())
              + " characters (expected: 1 to "
              + ChatRequest.MAX_MODEL_LENGTH
              + ")");
    }
    fields.model = model;
    fields.modelFrom = scanner.start() - 1;
    fields.modelTo = scanner.end() + 1;
  }

  private void readMessages(JsonToken token) {
    if (token != JsonToken.ARRAY_START) {
      throw RequestFault.of("messages", name(token) + " (expected: an array of messages)");
    }
    MessagesReader messages = new MessagesReader(scanner, body, input);
    int count = messages.read();
    fields.inputElsewhere |= messages.elsewhere();
    if (count == 0) {
      throw RequestFault.of("messages", "empty (expected: at least one message)");
    }
  }

  /** Tools count as they are written; one that the provider runs brings input of its own. */
  private void readTools(JsonToken first) {
    int from = scanner.start();
    if (first != JsonToken.ARRAY_START && first != JsonToken.OBJECT_START) {
      return;
    }
    int outside = scanner.depth() - 1;
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      boolean type = token == JsonToken.NAME && scanner.depth() == outside + 2 && scanner.is(TYPE);
      if (type && scanner.next() == JsonToken.STRING) {
        fields.inputElsewhere |= !scanner.is(FUNCTION) && !scanner.is(CUSTOM);
      }
    }
    input.text(from, scanner.end(), false);
  }

  private void readStreamOptions(JsonToken token) {
    int from = token == JsonToken.STRING ? scanner.start() - 1 : scanner.start();
    if (token == JsonToken.NULL) {
      fields.streamOptions =
          new ChatFields.StreamOptions(from, scanner.end(), false, false, -1, -1);
      return;
    }
    if (token != JsonToken.OBJECT_START) {
      throw RequestFault.of("stream_options", name(token) + " (expected: an object)");
    }
    boolean empty = true;
    int flagFrom = -1;
    int flagTo = -1;
    while (scanner.next() != JsonToken.OBJECT_END) {
      empty = false;
      if (!scanner.is(INCLUDE_USAGE)) {
        scanner.skipValue();
        continue;
      }
      if (flagFrom >= 0) {
        throw RequestFault.of("stream_options.include_usage", "given twice (expected: once)");
      }
      fields.includeUsage = flag("stream_options.include_usage", scanner.next());
      flagFrom = scanner.start();
      flagTo = scanner.end();
    }
    fields.streamOptions =
        new ChatFields.StreamOptions(from, scanner.end(), true, empty, flagFrom, flagTo);
  }

  private static boolean flag(String parameter, JsonToken token) {
    return switch (token) {
      case TRUE -> true;
      case FALSE, NULL -> false;
      case STRING, NUMBER, OBJECT_START, OBJECT_END, ARRAY_START, ARRAY_END, NAME, END ->
          throw RequestFault.of(parameter, name(token) + " (expected: true or false)");
    };
  }

  /** A whole number from 1; one beyond the maximum is cut to it or refused. */
  private long whole(ChatParameter parameter, JsonToken token, long max, boolean cut) {
    String expected =
        cut ? " (expected: a whole number >= 1)" : " (expected: a whole number, 1 to " + max + ")";
    if (token != JsonToken.NUMBER) {
      throw RequestFault.of(parameter.parameterName(), name(token) + expected);
    }
    long value = 0;
    boolean digitsOnly = true;
    for (int i = scanner.start(); i < scanner.end(); i++) {
      int digit = body[i] - '0';
      digitsOnly &= digit >= 0 && digit <= 9;
      value = Math.min(value * 10 + digit, Long.MAX_VALUE / 100);
    }
    if (!digitsOnly || value < 1 || (value > max && !cut)) {
      throw RequestFault.of(parameter.parameterName(), shownNumber() + expected);
    }
    return Math.min(value, max);
  }

  private String shownNumber() {
    int length = Math.min(32, scanner.end() - scanner.start());
    return new String(body, scanner.start(), length, StandardCharsets.US_ASCII);
  }

  private static String name(JsonToken token) {
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
