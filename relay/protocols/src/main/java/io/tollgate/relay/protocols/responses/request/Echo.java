package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Arrays;

/** What a response tells once more of its request, as the caller wrote it. */
final class Echo {
  private Echo() {}

  /** Members of the response, without the braces around. */
  static byte[] of(byte[] body, ResponsesFields fields) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out);
    add(json, body, fields, ResponsesParameter.INSTRUCTIONS, "null");
    add(json, body, fields, ResponsesParameter.MAX_OUTPUT_TOKENS, "null");
    add(json, body, fields, ResponsesParameter.METADATA, "{}");
    add(json, body, fields, ResponsesParameter.PARALLEL_TOOL_CALLS, "true");
    json.name("previous_response_id").nothing();
    add(json, body, fields, ResponsesParameter.REASONING, "{\"effort\":null,\"summary\":null}");
    json.name("store").value(false);
    add(json, body, fields, ResponsesParameter.TEMPERATURE, "null");
    add(json, body, fields, ResponsesParameter.TEXT, "{\"format\":{\"type\":\"text\"}}");
    add(json, body, fields, ResponsesParameter.TOOL_CHOICE, "\"auto\"");
    add(json, body, fields, ResponsesParameter.TOOLS, "[]");
    add(json, body, fields, ResponsesParameter.TOP_P, "null");
    add(json, body, fields, ResponsesParameter.TRUNCATION, "\"disabled\"");
    add(json, body, fields, ResponsesParameter.USER, "null");
    return out.take();
  }

  private static void add(
      JsonWriter json,
      byte[] body,
      ResponsesFields fields,
      ResponsesParameter parameter,
      String otherwise) {
    json.name(parameter.parameterName());
    int from = fields.from(parameter);
    if (from < 0 || body[from] == 'n') {
      json.raw(otherwise);
    } else {
      json.raw(onOneLine(body, from, fields.to(parameter)));
    }
  }

  /** A line end within a value would end a field of the stream. */
  private static byte[] onOneLine(byte[] body, int from, int to) {
    byte[] value = Arrays.copyOfRange(body, from, to);
    for (int i = 0; i < value.length; i++) {
      if (value[i] == '\n' || value[i] == '\r') {
        value[i] = ' ';
      }
    }
    return value;
  }
}
