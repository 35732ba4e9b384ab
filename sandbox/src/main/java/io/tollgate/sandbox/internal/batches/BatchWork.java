package io.tollgate.sandbox.internal.batches;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.jobs.Job;
import io.tollgate.sandbox.internal.jobs.Jobs;
import io.tollgate.sandbox.internal.jobs.KeptUsage;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Answers the requests of a batch, and keeps the answers as files. */
final class BatchWork {
  private final FileStore files;
  private final Map<String, Endpoint> endpoints;

  BatchWork(FileStore files, Map<String, Endpoint> endpoints) {
    this.files = files;
    this.endpoints = endpoints;
  }

  /**
   * Does a batch; of one that was cancelled, the first half of its lines, of one that is steered to
   * break off, so many of them: its time is over then.
   */
  Jobs.Done work(Job job) {
    ObjectNode document = (ObjectNode) job.document().deepCopy();
    Optional<FileStore.Kept> input =
        files.find(document.path("input_file_id").asString(), job.owner());
    Optional<Endpoint> endpoint =
        Optional.ofNullable(endpoints.get(document.path("endpoint").asString()));
    if (!document.path("errors").isEmpty() || input.isEmpty() || endpoint.isEmpty()) {
      return new Jobs.Done(Usage.NONE, document);
    }
    List<BatchLines.Line> lines =
        BatchLines.read(files.content(input.get()), document.path("endpoint").asString()).lines();
    int count = document.has("cancelled") ? (lines.size() + 1) / 2 : lines.size();
    Steering steering = Steering.parse(document.path("steering").asString(""));
    int until = steering.get(Steering.Key.ABORT_AFTER, count);
    if (until < count) {
      count = until;
      document.put("expired", true);
    }
    StringBuilder output = new StringBuilder();
    StringBuilder errors = new StringBuilder();
    Usage usage = Usage.NONE;
    int failed = 0;
    for (BatchLines.Line line : lines.subList(0, count)) {
      try {
        Reply reply =
            endpoint
                .get()
                .plan(
                    new Asked(
                        "",
                        "",
                        MultiMap.caseInsensitiveMultiMap(),
                        MultiMap.caseInsensitiveMultiMap(),
                        line.body()),
                    steering);
        usage = usage.plus(reply.usage());
        line(output, job, line, 200, body(reply, job));
      } catch (Problem problem) {
        failed++;
        line(errors, job, line, problem.status(), OPENAI.problem(problem, ""));
      }
    }
    document.put("completed", count - failed).put("failed", failed);
    document.set("billed", KeptUsage.json(usage));
    keep(job, document, "output", output);
    keep(job, document, "error", errors);
    return new Jobs.Done(usage, document);
  }

  private static String body(Reply reply, Job job) {
    Outgoing outgoing =
        reply.writing().apply(new Reply.Stamp(job.attempt(), job.createdMs() / 1000));
    return outgoing instanceof Outgoing.Whole whole ? whole.body().toString() : "null";
  }

  private static void line(
      StringBuilder out, Job job, BatchLines.Line line, int status, String body) {
    ObjectNode json =
        JsonBody.object()
            .put("id", "batch_req_" + Integer.toHexString(line.customId().hashCode()))
            .put("custom_id", line.customId());
    json.putObject("response")
        .put("status_code", status)
        .put("request_id", "req_" + job.attempt())
        .set("body", JsonBody.tree(body));
    json.putNull("error");
    out.append(json).append('\n');
  }

  private void keep(Job job, ObjectNode document, String kind, StringBuilder lines) {
    if (lines.isEmpty()) {
      return;
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    String id = "file-" + job.id() + "-" + kind;
    files.put(
        new FileStore.Kept(
            id,
            job.owner(),
            job.id() + "_" + kind + ".jsonl",
            "batch_output",
            bytes.length,
            job.createdMs() / 1000),
        bytes);
    document.put(kind + "_file_id", id);
  }
}
