package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;

/** The top-level parameters that the relay reads, as Google's parser takes them: in either case. */
enum GeminiParameter {
  CONTENTS("contents"),
  SYSTEM_INSTRUCTION("systemInstruction"),
  TOOLS("tools"),
  GENERATION_CONFIG("generationConfig"),
  CACHED_CONTENT("cachedContent"),
  SERVICE_TIER("serviceTier"),
  /** Of a request to count tokens: the request that is to be counted. */
  GENERATE_CONTENT_REQUEST("generateContentRequest"),
  ANY_OTHER("");

  private static final JsonNames<GeminiParameter> READ = read();

  private final String parameterName;

  GeminiParameter(String parameterName) {
    this.parameterName = parameterName;
  }

  private static JsonNames<GeminiParameter> read() {
    JsonNames.Builder<GeminiParameter> names = new JsonNames.Builder<>();
    for (GeminiParameter parameter : values()) {
      if (parameter != ANY_OTHER) {
        names.add(parameter, BothCases.of(parameter.parameterName));
      }
    }
    return names.build();
  }

  /** The parameter whose name the scanner is at. */
  static GeminiParameter of(JsonScanner scanner) {
    GeminiParameter parameter = READ.find(scanner);
    return parameter == null ? ANY_OTHER : parameter;
  }

  String parameterName() {
    return parameterName;
  }
}
