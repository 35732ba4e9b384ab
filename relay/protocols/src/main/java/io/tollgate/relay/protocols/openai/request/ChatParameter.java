package io.tollgate.relay.protocols.openai.request;

import io.tollgate.relay.protocols.internal.json.JsonName;
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
  ANY_OTHER;

  private static final ChatParameter[] READ = values();

  private final JsonName jsonName = JsonName.of(name().toLowerCase(Locale.ROOT));

  /** The parameter whose name the scanner is at. */
  static ChatParameter of(JsonScanner scanner) {
    for (ChatParameter parameter : READ) {
      if (parameter != ANY_OTHER && scanner.is(parameter.jsonName)) {
        return parameter;
      }
    }
    return ANY_OTHER;
  }

  String parameterName() {
    return jsonName.value();
  }
}
