package io.tollgate.relay.protocols.openai.completions;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.openai.PromptReader;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Reads a request in one pass. Used once. */
final class CompletionsRequestReader {
  /** Most texts that are made for one request, over all its prompts. */
  private static final int MAX_CHOICES = 2048;

  private static final int MAX_N = 128;
  private static final JsonName INCLUDE_USAGE = JsonName.of("include_usage");
  private static final JsonNames<Parameter> PARAMETERS = parameters();

  private final byte[] body;
  private final OpenAiErrors errors;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final CompletionsFields fields = new CompletionsFields();
  private final InputText.Collector input;
  private final PromptReader prompt;
  private final Set<Parameter> seen = EnumSet.noneOf(Parameter.class);
  private boolean echo;

  CompletionsRequestReader(byte[] body, OpenAiErrors errors) {
    this.errors = requireNonNull(errors, "errors is null");
    this.body = requireNonNull(body, "body is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
    this.prompt = new PromptReader("prompt", scanner, input);
  }

  private enum Parameter {
    MODEL,
    PROMPT,
    SUFFIX,
    STREAM,
    STREAM_OPTIONS,
    N,
    BEST_OF,
    MAX_TOKENS,
    ECHO,
    SERVICE_TIER;

    private final String written = name().toLowerCase(Locale.ROOT);
  }

  private static JsonNames<Parameter> parameters() {
    JsonNames.Builder<Parameter> names = new JsonNames.Builder<>();
    for (Parameter parameter : Parameter.values()) {
      names.add(parameter, parameter.written);
    }
    return names.build();
  }

  CompletionsRequest read() {
    try {
      values.openObject();
      fields.objectFrom = scanner.end();
      while (scanner.next() != JsonToken.OBJECT_END) {
        Parameter parameter = PARAMETERS.find(scanner);
        if (parameter == null) {
          scanner.skipValue();
        } else if (!seen.add(parameter)) {
          throw RequestFault.of(parameter.written, "given twice (expected: once)");
        } else {
          readValue(parameter, scanner.next());
        }
      }
      scanner.next();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    if (!seen.contains(Parameter.MODEL)) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    long choices = (long) fields.prompts * Math.max(fields.n, fields.bestOf);
    if (choices > MAX_CHOICES) {
      throw RequestFault.of(
          "n", choices + " texts over all prompts (expected: at most " + MAX_CHOICES + ")");
    }
    fields.echoedBytes = echo ? prompt.maxTextBytes() : 0;
    return new CompletionsRequest(body, fields, input.collected(), errors);
  }

  private void readValue(Parameter parameter, JsonToken token) {
    String name = parameter.written;
    switch (parameter) {
      case MODEL -> {
        fields.model = values.model(token);
        fields.modelFrom = scanner.start() - 1;
        fields.modelTo = scanner.end() + 1;
      }
      case PROMPT -> fields.prompts = token == JsonToken.NULL ? 1 : prompt.read(token);
      case SUFFIX -> {
        if (token == JsonToken.STRING) {
          input.text(scanner.start(), scanner.end(), scanner.escaped());
        }
        scanner.skipRest(token);
      }
      case STREAM -> fields.stream = ParameterValues.flag(name, token);
      case STREAM_OPTIONS -> readOptions(token);
      case N -> fields.n = values.whole(name, token, 1, MAX_N, 1);
      case BEST_OF -> fields.bestOf = values.whole(name, token, 1, MAX_N, 1);
      case MAX_TOKENS -> fields.maxTokens = values.limit(name, token);
      case ECHO -> echo = ParameterValues.flag(name, token);
      case SERVICE_TIER -> fields.tier = values.tier(token);
    }
  }

  private void readOptions(JsonToken token) {
    fields.optionsFrom = scanner.start();
    if (token != JsonToken.NULL && token != JsonToken.OBJECT_START) {
      throw RequestFault.of(
          "stream_options", ParameterValues.name(token) + " (expected: an object)");
    }
    fields.options = token == JsonToken.OBJECT_START;
    fields.optionsEmpty = true;
    while (fields.options && scanner.next() != JsonToken.OBJECT_END) {
      fields.optionsEmpty = false;
      if (!scanner.is(INCLUDE_USAGE)) {
        scanner.skipValue();
        continue;
      }
      if (fields.flagFrom >= 0) {
        throw RequestFault.of("stream_options.include_usage", "given twice (expected: once)");
      }
      fields.includeUsage = ParameterValues.flag("stream_options.include_usage", scanner.next());
      fields.flagFrom = scanner.start();
      fields.flagTo = scanner.end();
    }
    fields.optionsTo = scanner.end();
  }
}
