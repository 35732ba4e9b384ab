package io.tollgate.sandbox.internal.batches;

import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.content.Seeds;
import io.tollgate.sandbox.internal.exchange.Asked;
import io.tollgate.sandbox.internal.exchange.Endpoint;
import io.tollgate.sandbox.internal.exchange.Outgoing;
import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Reply;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.jobs.Job;
import io.tollgate.sandbox.internal.jobs.Jobs;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.served.Usage;
import io.tollgate.sandbox.internal.steering.Steering;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/batches} and what is below it. A batch is done two seconds after it was made. */
public final class BatchEndpoints {
  private final Site site;
  private final FileStore files;
  private final Map<String, Endpoint> endpoints;
  private final Jobs jobs;

  private BatchEndpoints(Site site, FileStore files, Map<String, Endpoint> endpoints) {
    this.site = site;
    this.files = files;
    this.endpoints = endpoints;
    this.jobs = new Jobs(site, "batches", new BatchWork(files, endpoints)::work);
  }

  /**
   * Adds the routes of files and batches.
   *
   * @param endpoints whose requests a batch may hold, by path
   */
  public static void add(Routes routes, Map<String, Endpoint> endpoints) {
    FileStore files = new FileStore(routes.site().folder().resolve("files"));
    new FileEndpoints(files).add(routes);
    BatchEndpoints own = new BatchEndpoints(routes.site(), files, endpoints);
    routes.counted(HttpMethod.POST, "/v1/batches", OPENAI, own::create);
    routes.counted(HttpMethod.GET, "/v1/batches", OPENAI, own::list);
    routes.counted(HttpMethod.GET, "/v1/batches/{}", OPENAI, own::get);
    routes.counted(HttpMethod.POST, "/v1/batches/{}/cancel", OPENAI, own::cancel);
  }

  private Reply create(Asked asked, Steering steering) {
    JsonNode root = JsonBody.object(asked.body());
    Owner owner = Owner.of(asked);
    String endpoint = JsonFields.text(root, "endpoint", "endpoint");
    if (!endpoints.containsKey(endpoint)) {
      throw Problem.invalid(
          "endpoint",
          "Invalid value: '"
              + endpoint
              + "' (expected: one of "
              + endpoints.keySet().stream().sorted().toList()
              + ").");
    }
    JsonFields.text(root, "completion_window", "completion_window");
    JsonFields.word(root, "completion_window", "completion_window", List.of("24h"));
    String fileId = JsonFields.text(root, "input_file_id", "input_file_id");
    FileStore.Kept file =
        files
            .find(fileId, owner)
            .filter(kept -> kept.purpose().equals("batch"))
            .orElseThrow(
                () ->
                    Problem.invalid(
                        "input_file_id", "", "No file for a batch has the id '" + fileId + "'."));
    BatchLines lines = BatchLines.read(files.content(file), endpoint);
    ObjectNode document =
        JsonBody.object()
            .put("endpoint", endpoint)
            .put("input_file_id", fileId)
            .put("total", lines.lines().size())
            .put("steering", asked.header(Steering.HEADER).orElse(""));
    document.set("errors", lines.errors());
    JsonFields.object(root, "metadata", "metadata")
        .ifPresent(metadata -> document.set("metadata", metadata));
    return new Reply(
        "batches",
        Usage.NONE,
        stamp -> {
          Job job =
              new Job(
                  "batch_" + Long.toHexString(Seeds.mix(stamp.number() * 37 + stamp.seconds())),
                  owner,
                  stamp.number(),
                  site.clock().millis(),
                  Job.TAKES_MS,
                  0,
                  Job.State.RUNNING,
                  document);
          return new Outgoing.Later(
              Replies.bytes(BatchDocument.of(job).toString()), attempt -> jobs.start(job, attempt));
        });
  }

  private Job find(Asked asked) {
    return jobs.find(asked.subject(), Owner.of(asked))
        .orElseThrow(
            () -> Problem.missing("", "No batch found with id '" + asked.subject() + "'."));
  }

  private Reply get(Asked asked, Steering steering) {
    return Reply.free("batches", BatchDocument.of(find(asked)).toString());
  }

  private Reply list(Asked asked, Steering steering) {
    ObjectNode json = JsonBody.object().put("object", "list");
    for (Job job : jobs.of(Owner.of(asked))) {
      json.withArray("/data").add(BatchDocument.of(job));
    }
    if (!json.has("data")) {
      json.putArray("data");
    }
    return Reply.free("batches", json.put("has_more", false).toString());
  }

  private Reply cancel(Asked asked, Steering steering) {
    Job found = find(asked);
    if (found.state() != Job.State.RUNNING) {
      throw new Problem(
          409, "", "", "Cannot cancel a batch that has ended (expected: one in progress).");
    }
    return new Reply(
        "batches",
        Usage.NONE,
        stamp -> {
          ObjectNode document = (ObjectNode) found.document().deepCopy();
          jobs.hasten(found, document.put("cancelled", stamp.seconds()));
          return Outgoing.json(BatchDocument.of(find(asked)).toString());
        });
  }
}
