package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of a request that the relay reads. */
enum ResponsesParameter {
  MODEL,
  INPUT,
  INSTRUCTIONS,
  STREAM,
  MAX_OUTPUT_TOKENS,
  TOOLS,
  SERVICE_TIER,
  BACKGROUND,
  STORE,
  /** These three name what the provider has kept. */
  PREVIOUS_RESPONSE_ID,
  CONVERSATION,
  PROMPT,
  /** The form of the answer, which is input too. */
  TEXT,
  /** Those that follow are only looked for, to be told in the answer once more. */
  TOOL_CHOICE,
  PARALLEL_TOOL_CALLS,
  REASONING,
  TEMPERATURE,
  TOP_P,
  METADATA,
  TRUNCATION,
  USER;

  private static final JsonNames<ResponsesParameter> READ = read();

  private final String parameterName = name().toLowerCase(Locale.ROOT);

  private static JsonNames<ResponsesParameter> read() {
    JsonNames.Builder<ResponsesParameter> names = new JsonNames.Builder<>();
    for (ResponsesParameter parameter : values()) {
      names.add(parameter, parameter.parameterName);
    }
    return names.build();
  }

  /** The parameter whose name the scanner is at; null where it is none of these. */
  static @Nullable ResponsesParameter of(JsonScanner scanner) {
    return READ.find(scanner);
  }

  String parameterName() {
    return parameterName;
  }
}
