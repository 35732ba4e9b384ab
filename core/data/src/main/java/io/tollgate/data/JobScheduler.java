package io.tollgate.data;

/** Runs recurring jobs, each by one process of the cluster at a time. */
public interface JobScheduler {
  /** Adds a job. Before {@link Database#start}. */
  void schedule(RecurringJob job);
}
