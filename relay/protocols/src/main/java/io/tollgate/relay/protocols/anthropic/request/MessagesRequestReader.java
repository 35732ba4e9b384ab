package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
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
import java.util.Optional;

/** Reads a messages request in one pass. Used once. */
final class MessagesRequestReader {
  private static final JsonName TYPE = JsonName.of("type");
  private static final JsonName CUSTOM = JsonName.of("custom");
  private static final JsonName MAX_USES = JsonName.of("max_uses");
  private static final JsonName FAST = JsonName.of("fast");

  // https://platform.claude.com/docs/en/about-claude/pricing
  private static final BilledTools BILLED =
      BilledTools.builder()
          .add("web_search_", UsageKind.WEB_SEARCHES)
          .add("web_fetch_", UsageKind.WEB_FETCHES)
          .add("code_execution_", UsageKind.CODE_SESSIONS)
          .build();

  private final byte[] body;
  private final boolean limitRequired;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final MessagesFields fields = new MessagesFields();
  private final InputText.Collector input;
  private int seen;

  /**
   * @param limitRequired whether {@code max_tokens} must be given; counting tokens needs none
   */
  MessagesRequestReader(byte[] body, boolean limitRequired) {
    this.body = requireNonNull(body, "body is null");
    this.limitRequired = limitRequired;
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
  }

  void read() {
    try {
      readObject();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    if (!has(MessagesParameter.MODEL)) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (!has(MessagesParameter.MESSAGES)) {
      throw RequestFault.of("messages", "missing (expected: an array of messages)");
    }
    if (limitRequired && !has(MessagesParameter.MAX_TOKENS)) {
      throw RequestFault.of("max_tokens", "missing (expected: a whole number >= 1)");
    }
  }

  MessagesFields fields() {
    return fields;
  }

  InputText input() {
    return input.collected();
  }

  private void readObject() {
    values.openObject();
    while (scanner.next() != JsonToken.OBJECT_END) {
      MessagesParameter parameter = MessagesParameter.of(scanner);
      if (parameter == MessagesParameter.ANY_OTHER) {
        scanner.skipValue();
        continue;
      }
      if (has(parameter)) {
        throw RequestFault.of(parameter.parameterName(), "given twice (expected: once)");
      }
      seen |= 1 << parameter.ordinal();
      readValue(parameter, scanner.next());
    }
    scanner.next();
  }

  private boolean has(MessagesParameter parameter) {
    return (seen & 1 << parameter.ordinal()) != 0;
  }

  private void readValue(MessagesParameter parameter, JsonToken token) {
    switch (parameter) {
      case MODEL -> readModel(token);
      case MESSAGES -> readMessages(token);
      case MAX_TOKENS -> fields.maxTokens = limit(token);
      case STREAM -> fields.stream = ParameterValues.flag("stream", token);
      case SYSTEM -> readSystem(token);
      case TOOLS -> readTools(token);
      case OUTPUT_CONFIG, OUTPUT_FORMAT -> {
        int from = scanner.start();
        scanner.skipRest(token);
        if (token == JsonToken.OBJECT_START) {
          input.text(from, scanner.end(), false);
        }
      }
      case SERVICE_TIER -> {
        if (token == JsonToken.STRING && fields.tier.isEmpty()) {
          fields.tier = Optional.of(ServiceTier.of(scanner.text()));
        }
        scanner.skipRest(token);
      }
      case SPEED -> {
        // served faster at a price of its own, whatever the tier is called
        if (token == JsonToken.STRING && scanner.is(FAST)) {
          fields.tier = Optional.of(ServiceTier.of(FAST.value()));
        }
        scanner.skipRest(token);
      }
      case MCP_SERVERS, CONTAINER -> {
        fields.inputElsewhere |= token != JsonToken.NULL;
        scanner.skipRest(token);
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
    ContentReader content = new ContentReader(scanner, body, input);
    new MessagesReader(scanner, content, input).read();
    fields.inputElsewhere |= content.elsewhere();
    fields.files = content.files();
    fields.foreignSignatures |= content.foreignSignatures();
  }

  private void readSystem(JsonToken token) {
    switch (token) {
      case STRING -> input.text(scanner.start(), scanner.end(), scanner.escaped());
      case ARRAY_START -> new ContentReader(scanner, body, input).blocks("system", 0);
      case NULL -> {}
      case OBJECT_START, OBJECT_END, ARRAY_END, NAME, NUMBER, TRUE, FALSE, END ->
          throw RequestFault.of(
              "system", ParameterValues.name(token) + " (expected: a string or an array of texts)");
    }
  }

  /** Tools count as they are written; one that the provider runs brings input of its own. */
  private void readTools(JsonToken first) {
    if (first == JsonToken.NULL) {
      return;
    }
    if (first != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          "tools", ParameterValues.name(first) + " (expected: an array of tools)");
    }
    int from = scanner.start();
    int outside = scanner.depth() - 1;
    int tools = 0;
    String provided = "";
    long uses = ProviderTool.UNBOUNDED;
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      int depth = scanner.depth();
      if (token == JsonToken.OBJECT_END && depth == outside + 1) {
        if (!provided.isEmpty()) {
          fields.tools = BILLED.with(fields.tools, "tools." + tools, provided, uses);
        }
        tools++;
        provided = "";
        uses = ProviderTool.UNBOUNDED;
      } else if (token == JsonToken.NAME && depth == outside + 2) {
        if (scanner.is(TYPE) && scanner.next() == JsonToken.STRING) {
          provided = scanner.is(CUSTOM) ? "" : scanner.text();
          fields.inputElsewhere |= !scanner.is(CUSTOM);
        } else if (scanner.is(MAX_USES) && scanner.next() == JsonToken.NUMBER) {
          uses = values.limit("tools." + tools + ".max_uses", JsonToken.NUMBER);
        }
      }
    }
    ParameterValues.requireTools(tools);
    input.text(from, scanner.end(), false);
  }

  /** A whole number from 1; more than any answer can have is as much as one can. */
  private long limit(JsonToken token) {
    if (token == JsonToken.NULL) {
      throw RequestFault.of("max_tokens", "null (expected: a whole number >= 1)");
    }
    return values.limit("max_tokens", token);
  }
}
