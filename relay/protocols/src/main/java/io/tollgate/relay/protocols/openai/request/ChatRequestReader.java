package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.BilledTools;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;

/** Reads a chat request in one pass. Used once. */
final class ChatRequestReader {
  private static final JsonName FUNCTION = JsonName.of("function");
  private static final JsonName CUSTOM = JsonName.of("custom");
  private static final JsonName TYPE = JsonName.of("type");
  private static final JsonName INCLUDE_USAGE = JsonName.of("include_usage");

  // what makers of models that speak like OpenAI's call them
  private static final BilledTools BILLED =
      BilledTools.builder()
          .add("web_search", UsageKind.WEB_SEARCHES)
          .add("file_search", UsageKind.FILE_SEARCHES)
          .add("code_interpreter", UsageKind.CODE_SESSIONS)
          .build();

  private final byte[] body;
  private final OpenAiErrors errors;
  private final ChatRequest.Writers writers;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final ChatFields fields = new ChatFields();
  private final InputText.Collector input;
  private int seen;

  ChatRequestReader(byte[] body, OpenAiErrors errors, ChatRequest.Writers writers) {
    this.writers = writers;
    this.errors = errors;
    this.body = requireNonNull(body, "body is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
  }

  ChatRequest read() {
    try {
      readObject();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    if (!has(ChatParameter.MODEL)) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (!has(ChatParameter.MESSAGES)) {
      throw RequestFault.of("messages", "missing (expected: an array of messages)");
    }
    return new ChatRequest(body, fields, input.collected(), errors, writers);
  }

  private void readObject() {
    values.openObject();
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
      case STREAM -> fields.stream = ParameterValues.flag(parameter.parameterName(), token);
      case STREAM_OPTIONS -> readStreamOptions(token);
      case N ->
          fields.choices =
              values.whole(
                  parameter.parameterName(), token, 1, ChatRequest.MAX_CHOICES, fields.choices);
      case MAX_TOKENS, MAX_COMPLETION_TOKENS -> {
        long limit = values.limit(parameter.parameterName(), token);
        fields.maxOutputTokens = Math.max(fields.maxOutputTokens, limit);
      }
      case SERVICE_TIER -> {
        fields.tier = values.tier(token);
      }
      case WEB_SEARCH_OPTIONS -> {
        if (token != JsonToken.NULL) {
          String name = parameter.parameterName();
          fields.searches = true;
          fields.tools = BILLED.with(fields.tools, name, name, ProviderTool.UNBOUNDED);
          fields.inputElsewhere = true;
        }
        scanner.skipRest(token);
      }
      case PLUGINS, CACHED_CONTENT -> {
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
    fields.model = values.model(token);
    fields.modelFrom = scanner.start() - 1;
    fields.modelTo = scanner.end() + 1;
  }

  private void readMessages(JsonToken token) {
    if (token != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          "messages", ParameterValues.name(token) + " (expected: an array of messages)");
    }
    MessagesReader messages = new MessagesReader(scanner, body, input);
    int count = messages.read();
    fields.inputElsewhere |= messages.elsewhere();
    fields.files = messages.files();
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
    int tools = 0;
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      tools += token == JsonToken.OBJECT_END && scanner.depth() == outside + 1 ? 1 : 0;
      boolean type = token == JsonToken.NAME && scanner.depth() == outside + 2 && scanner.is(TYPE);
      if (type && scanner.next() == JsonToken.STRING) {
        if (!scanner.is(FUNCTION) && !scanner.is(CUSTOM)) {
          fields.inputElsewhere = true;
          fields.tools =
              BILLED.with(
                  fields.tools,
                  "tools[" + tools + "].type",
                  scanner.text(),
                  ProviderTool.UNBOUNDED);
        }
      }
    }
    ParameterValues.requireTools(tools);
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
      throw RequestFault.of(
          "stream_options", ParameterValues.name(token) + " (expected: an object)");
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
      fields.includeUsage = ParameterValues.flag("stream_options.include_usage", scanner.next());
      flagFrom = scanner.start();
      flagTo = scanner.end();
    }
    fields.streamOptions =
        new ChatFields.StreamOptions(from, scanner.end(), true, empty, flagFrom, flagTo);
  }
}
