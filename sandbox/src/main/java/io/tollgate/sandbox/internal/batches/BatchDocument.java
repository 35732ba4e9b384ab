package io.tollgate.sandbox.internal.batches;

import io.tollgate.sandbox.internal.jobs.Job;
import io.tollgate.sandbox.internal.jobs.KeptUsage;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Kind;
import io.tollgate.sandbox.internal.served.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A batch as it is told. */
final class BatchDocument {
  private static final long DAY_SECONDS = 86_400;

  private BatchDocument() {}

  static ObjectNode of(Job job) {
    JsonNode kept = job.document();
    String status = status(job);
    long created = job.createdMs() / 1000;
    ObjectNode json =
        JsonBody.object()
            .put("id", job.id())
            .put("object", "batch")
            .put("endpoint", kept.path("endpoint").asString())
            .put("input_file_id", kept.path("input_file_id").asString())
            .put("completion_window", "24h")
            .put("status", status)
            .put("created_at", created)
            .put("in_progress_at", created)
            .put("expires_at", created + DAY_SECONDS);
    if (status.equals("failed")) {
      json.putObject("errors").put("object", "list").set("data", kept.path("errors"));
    } else {
      json.putNull("errors");
    }
    for (String file : new String[] {"output_file_id", "error_file_id"}) {
      json.put(file, kept.path(file).isString() ? kept.path(file).stringValue() : null);
    }
    for (String end : new String[] {"completed", "failed", "cancelled", "expired"}) {
      json.put(end + "_at", status.equals(end) ? (Long) (job.endedMs() / 1000) : null);
    }
    json.set("cancelling_at", kept.has("cancelled") ? kept.path("cancelled") : null);
    json.putObject("request_counts")
        .put("total", kept.path("total").asInt())
        .put("completed", kept.path("completed").asInt(0))
        .put("failed", kept.path("failed").asInt(0));
    json.set("metadata", kept.has("metadata") ? kept.path("metadata") : null);
    if (kept.has("billed")) {
      usage(json.putObject("usage"), KeptUsage.of(kept.path("billed")));
    }
    return json;
  }

  private static String status(Job job) {
    boolean cancelled = job.document().has("cancelled");
    return switch (job.state()) {
      case RUNNING -> cancelled ? "cancelling" : "in_progress";
      case CANCELLED -> "failed";
      case DONE ->
          !job.document().path("errors").isEmpty()
              ? "failed"
              : cancelled ? "cancelled" : job.document().has("expired") ? "expired" : "completed";
    };
  }

  private static void usage(ObjectNode json, Usage usage) {
    json.put("input_tokens", usage.input());
    json.putObject("input_tokens_details").put("cached_tokens", usage.get(Kind.CACHED_TOKENS));
    json.put("output_tokens", usage.output());
    json.putObject("output_tokens_details")
        .put("reasoning_tokens", usage.get(Kind.REASONING_TOKENS));
    json.put("total_tokens", usage.input() + usage.output());
  }
}
