package io.tollgate.sandbox.internal.jobs;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Usage as a job's document keeps it. */
public final class KeptUsage {
  private KeptUsage() {}

  /** Writes it. */
  public static ObjectNode json(Usage usage) {
    ObjectNode json = JsonBody.object().put("input", usage.input()).put("output", usage.output());
    usage.further().forEach((kind, amount) -> json.put(kind.text(), amount));
    return json;
  }

  /** Reads it. */
  public static Usage of(JsonNode json) {
    Usage usage = Usage.of(json.path("input").asLong(), json.path("output").asLong());
    for (Kind kind : Kind.values()) {
      usage = usage.with(kind, json.path(kind.text()).asLong(0));
    }
    return usage;
  }
}
