package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import java.util.Optional;

/** Reads a request in one pass. Used once. */
final class ResponsesRequestReader {
  private static final JsonName FILE_ID = JsonName.of("file_id");
  private static final int REQUEST_TOKENS = 3;

  private final byte[] body;
  private final OpenAiErrors errors;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final ResponsesFields fields = new ResponsesFields();
  private final InputText.Collector input;
  private final ItemsReader items;

  ResponsesRequestReader(byte[] body, OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
    this.body = requireNonNull(body, "body is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
    this.items = new ItemsReader(scanner, body, input, fields);
  }

  ResponsesRequest read() {
    try {
      readObject();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    if (!fields.has(ResponsesParameter.MODEL)) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (!fields.goesOn()) {
      items.requireWhole(fields.has(ResponsesParameter.INPUT));
    }
    input.tokens(REQUEST_TOKENS);
    return new ResponsesRequest(body, fields, input.collected(), errors);
  }

  private void readObject() {
    values.openObject();
    while (scanner.next() != JsonToken.OBJECT_END) {
      ResponsesParameter parameter = ResponsesParameter.of(scanner);
      if (parameter == null) {
        scanner.skipValue();
        continue;
      }
      if (fields.has(parameter)) {
        throw RequestFault.of(parameter.parameterName(), "given twice (expected: once)");
      }
      JsonToken token = scanner.next();
      int from = token == JsonToken.STRING ? scanner.start() - 1 : scanner.start();
      readValue(parameter, token);
      boolean text = token == JsonToken.STRING;
      fields.place(parameter, from, text ? scanner.end() + 1 : scanner.end());
    }
    scanner.next();
  }

  private void readValue(ResponsesParameter parameter, JsonToken token) {
    String name = parameter.parameterName();
    switch (parameter) {
      case MODEL -> fields.model = values.model(token);
      case INPUT -> items.read(token);
      case INSTRUCTIONS -> {
        if (token != JsonToken.STRING && token != JsonToken.NULL) {
          throw wrong(name, token, "a string");
        }
        if (token == JsonToken.STRING) {
          input.text(scanner.start(), scanner.end(), scanner.escaped());
        }
      }
      case STREAM -> fields.stream = ParameterValues.flag(name, token);
      case BACKGROUND -> fields.background = ParameterValues.flag(name, token);
      case STORE -> fields.store = token == JsonToken.NULL || ParameterValues.flag(name, token);
      case MAX_OUTPUT_TOKENS -> fields.maxOutputTokens = values.limit(name, token);
      case TOOLS -> new AskedTools(scanner, input, fields).read(token);
      case SERVICE_TIER -> fields.tier = values.tier(token);
      case PREVIOUS_RESPONSE_ID -> {
        if (token == JsonToken.STRING && scanner.end() > scanner.start()) {
          fields.previousResponseId = Optional.of(scanner.text());
          fields.inputElsewhere = true;
        } else if (token != JsonToken.NULL) {
          throw wrong(name, token, "the id of a response");
        }
      }
      case CONVERSATION -> fields.conversation = elsewhere(name, token, JsonToken.STRING);
      case PROMPT -> fields.prompt = elsewhere(name, token, JsonToken.OBJECT_START);
      case TEXT -> {
        if (token != JsonToken.OBJECT_START && token != JsonToken.NULL) {
          throw wrong(name, token, "an object");
        }
        readWritten(token);
      }
      case TOOL_CHOICE,
          PARALLEL_TOOL_CALLS,
          REASONING,
          TEMPERATURE,
          TOP_P,
          METADATA,
          TRUNCATION,
          USER ->
          scanner.skipRest(token);
    }
  }

  private static RequestFault wrong(String name, JsonToken token, String expected) {
    return RequestFault.of(name, ParameterValues.name(token) + " (expected: " + expected + ")");
  }

  /** Whether something is named that the provider keeps. */
  private boolean elsewhere(String name, JsonToken token, JsonToken kind) {
    if (token == JsonToken.NULL) {
      return false;
    }
    if (token != kind && token != JsonToken.OBJECT_START) {
      throw wrong(name, token, "what the provider keeps, by its id");
    }
    int outside = token == JsonToken.OBJECT_START ? scanner.depth() - 1 : scanner.depth();
    while (scanner.depth() > outside) {
      // a prompt's variables may be files
      if (scanner.next() == JsonToken.NAME
          && scanner.is(FILE_ID)
          && scanner.next() == JsonToken.STRING) {
        fields.files = KeptUse.with(fields.files, name, scanner.text());
      }
    }
    fields.inputElsewhere = true;
    return true;
  }

  /** What counts as it is written. */
  private void readWritten(JsonToken first) {
    int from = scanner.start();
    scanner.skipRest(first);
    if (first == JsonToken.OBJECT_START || first == JsonToken.ARRAY_START) {
      input.text(from, scanner.end(), false);
    }
  }
}
