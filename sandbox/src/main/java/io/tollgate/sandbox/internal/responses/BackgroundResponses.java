package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.Answer;
import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.jobs.Job;
import io.tollgate.sandbox.internal.jobs.Jobs;
import io.tollgate.sandbox.internal.jobs.KeptUsage;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.served.Attempt;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Responses that are made in the background, and are there some seconds later. */
final class BackgroundResponses {
  private final Site site;
  private final ResponseMemory memory;
  private final Jobs jobs;

  BackgroundResponses(Site site, ResponseMemory memory) {
    this.site = site;
    this.memory = memory;
    this.jobs =
        new Jobs(
            site,
            "responses",
            job -> new Jobs.Done(KeptUsage.of(job.document().path("billed")), job.document()));
  }

  void start(
      ResponseDocument document,
      ResponseMemory.Kept kept,
      Answer answer,
      long takesMs,
      Attempt attempt) {
    ObjectNode json = JsonBody.object();
    json.set("begun", document.begun("in_progress"));
    json.set("ended", document.ended());
    json.set("billed", KeptUsage.json(answer.usage()));
    memory.keep(document.id(), kept);
    jobs.start(
        new Job(
            document.id(),
            kept.owner(),
            attempt.number(),
            site.clock().millis(),
            takesMs,
            0,
            Job.State.RUNNING,
            json),
        attempt);
  }

  /** The response as it is by now. */
  Optional<String> find(String id, Owner owner) {
    return jobs.find(id, owner)
        .map(
            job ->
                switch (job.state()) {
                  case RUNNING -> job.document().path("begun").toString();
                  case DONE -> job.document().path("ended").toString();
                  case CANCELLED ->
                      ((ObjectNode) job.document().path("begun").deepCopy())
                          .put("status", "cancelled")
                          .toString();
                });
  }

  void cancel(String id, Owner owner) {
    jobs.find(id, owner).ifPresent(jobs::cancel);
  }

  void delete(String id, Owner owner) {
    jobs.find(id, owner).ifPresent(jobs::delete);
  }
}
