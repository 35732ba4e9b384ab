package io.tollgate.relay.protocols.openai.request;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import java.util.Locale;

/** The top-level parameters that the relay reads. */
enum ChatParameter {
  MODEL,
  MESSAGES,
  STREAM,
  STREAM_OPTIONS,
  N,
  MAX_TOKENS,
  MAX_COMPLETION_TOKENS,
  TOOLS,
  FUNCTIONS,
  RESPONSE_FORMAT,
  SERVICE_TIER,
  /** These three have the provider search or read what is not in the request. */
  WEB_SEARCH_OPTIONS,
  PLUGINS,
  CACHED_CONTENT,
  PROMPT_CACHE_KEY,
  ANY_OTHER;

  private static final JsonNames<ChatParameter> READ = read();

  private final String parameterName = name().toLowerCase(Locale.ROOT);

  private static JsonNames<ChatParameter> read() {
    JsonNames.Builder<ChatParameter> names = new JsonNames.Builder<>();
    for (ChatParameter parameter : values()) {
      if (parameter != ANY_OTHER) {
        names.add(parameter, parameter.parameterName);
      }
    }
    return names.build();
  }

  /** The parameter whose name the scanner is at. */
  static ChatParameter of(JsonScanner scanner) {
    ChatParameter parameter = READ.find(scanner);
    return parameter == null ? ANY_OTHER : parameter;
  }

  String parameterName() {
    return parameterName;
  }
}
