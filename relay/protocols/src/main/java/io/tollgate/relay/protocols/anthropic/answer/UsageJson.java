package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonWriter;

/** Writes what is charged as Anthropic writes usage: no input token is in two numbers. */
final class UsageJson {
  private UsageJson() {}

  static void write(TokenUsage usage, JsonWriter json) {
    long hour = usage.count(UsageKind.CACHE_WRITE_1H);
    json.object();
    json.name("input_tokens").value(usage.input() - usage.cached() - usage.cacheWrite());
    json.name("cache_creation_input_tokens").value(usage.cacheWrite());
    json.name("cache_read_input_tokens").value(usage.cached());
    json.name("cache_creation").object();
    json.name("ephemeral_5m_input_tokens").value(usage.cacheWrite() - hour);
    json.name("ephemeral_1h_input_tokens").value(hour).endObject();
    json.name("output_tokens").value(usage.output());
    if (usage.reasoning() > 0) {
      json.name("output_tokens_details").object();
      json.name("thinking_tokens").value(usage.reasoning()).endObject();
    }
    json.endObject();
  }
}
