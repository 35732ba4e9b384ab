package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import java.util.Locale;

/** The top-level parameters that the relay reads. */
enum MessagesParameter {
  MODEL,
  MESSAGES,
  MAX_TOKENS,
  STREAM,
  SYSTEM,
  TOOLS,
  OUTPUT_CONFIG,
  OUTPUT_FORMAT,
  SERVICE_TIER,
  SPEED,
  /** These two have the provider read what is not in the request. */
  MCP_SERVERS,
  CONTAINER,
  ANY_OTHER;

  private static final JsonNames<MessagesParameter> READ = read();

  private final String parameterName = name().toLowerCase(Locale.ROOT);

  private static JsonNames<MessagesParameter> read() {
    JsonNames.Builder<MessagesParameter> names = new JsonNames.Builder<>();
    for (MessagesParameter parameter : values()) {
      if (parameter != ANY_OTHER) {
        names.add(parameter, parameter.parameterName);
      }
    }
    return names.build();
  }

  /** The parameter whose name the scanner is at. */
  static MessagesParameter of(JsonScanner scanner) {
    MessagesParameter parameter = READ.find(scanner);
    return parameter == null ? ANY_OTHER : parameter;
  }

  String parameterName() {
    return parameterName;
  }
}
