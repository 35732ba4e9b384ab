package io.tollgate.sandbox.internal.jobs;

import io.tollgate.sandbox.internal.exchange.Owner;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.served.Attempt;
import io.tollgate.sandbox.internal.served.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs of one sort: each ends its time after it was asked for, by this process or, where that dies,
 * by the next. What it is billed is in the journal when it has ended, once. Jobs are started on the
 * event loop and found from any thread.
 */
public final class Jobs {
  private static final int MAX_JOBS = 1000;

  /**
   * What came of a job.
   *
   * @param usage what it is billed
   * @param document what is kept with it from now on
   */
  public record Done(Usage usage, ObjectNode document) {}

  private final Site site;
  private final JobFiles files;
  private final Function<Job, Done> work;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Map<String, Attempt> running = new HashMap<>();
  private final Set<String> atWork = new HashSet<>();

  /**
   * Takes up what an earlier process left.
   *
   * @param folder name of the folder they are kept in
   * @param work does a job and says what it is billed; done again when a process dies in it
   */
  public Jobs(Site site, String folder, Function<Job, Done> work) {
    this.site = site;
    this.files = new JobFiles(site.folder().resolve(folder));
    this.work = work;
    for (Job job : files.read()) {
      jobs.put(job.id(), job);
      if (job.state() == Job.State.RUNNING) {
        site.journal().resume(job.attempt()).ifPresent(attempt -> run(job, attempt));
      }
    }
  }

  /** Begins a job; its end ends the attempt. */
  public void start(Job job, Attempt attempt) {
    files.write(job);
    jobs.put(job.id(), job);
    forgetOldest();
    run(job, attempt);
  }

  private void run(Job job, Attempt attempt) {
    running.put(job.id(), attempt);
    long left = job.createdMs() + job.takesMs() - site.clock().millis();
    site.vertx().setTimer(Math.clamp(left, 1, job.takesMs()), fired -> finish(job.id()));
  }

  /** Has a job that still runs done at once, with another document. */
  public void hasten(Job job, ObjectNode document) {
    if (running.containsKey(job.id()) && !atWork.contains(job.id())) {
      Job changed = job.with(document);
      files.write(changed);
      jobs.put(job.id(), changed);
      finish(job.id());
    }
  }

  private void finish(String id) {
    Job job = jobs.get(id);
    if (job == null || !running.containsKey(id) || !atWork.add(id)) {
      return;
    }
    site.vertx()
        .executeBlocking(() -> work.apply(job), false)
        .onComplete(done -> finished(job, done), failed -> cancel(job));
  }

  private void finished(Job job, Done done) {
    atWork.remove(job.id());
    Attempt attempt = running.remove(job.id());
    if (attempt != null) {
      attempt.completed(done.usage());
      end(job.with(done.document()), Job.State.DONE);
    }
  }

  /** Ends a job that still runs before it is done; it is billed nothing. */
  public void cancel(Job job) {
    atWork.remove(job.id());
    Attempt attempt = running.remove(job.id());
    if (attempt != null) {
      attempt.nothing();
      end(job, Job.State.CANCELLED);
    }
  }

  private void end(Job job, Job.State how) {
    Job ended = job.ended(how, site.clock().millis());
    if (jobs.replace(job.id(), ended) != null) {
      files.write(ended);
    }
  }

  /** A job of somebody's own. */
  public Optional<Job> find(String id, Owner owner) {
    return Optional.ofNullable(jobs.get(id)).filter(job -> job.owner().equals(owner));
  }

  /** All jobs of somebody's own, the newest first. */
  public List<Job> of(Owner owner) {
    List<Job> own = new ArrayList<>(jobs.values());
    own.removeIf(job -> !job.owner().equals(owner));
    own.sort(Comparator.comparingLong(Job::attempt).reversed());
    return own;
  }

  /** Forgets a job; one that runs is cancelled. */
  public void delete(Job job) {
    cancel(job);
    jobs.remove(job.id());
    files.delete(job.id());
  }

  private void forgetOldest() {
    while (jobs.size() > MAX_JOBS) {
      Optional<Job> oldest =
          jobs.values().stream()
              .filter(job -> job.state() != Job.State.RUNNING)
              .min(Comparator.comparingLong(Job::attempt));
      if (oldest.isEmpty()) {
        return;
      }
      delete(oldest.get());
    }
  }
}
