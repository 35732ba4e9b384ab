package io.tollgate.data;

/** Runs recurring jobs, each by one process of the cluster at a time. */
public interface Scheduler {
  /** Adds a job. Before {@link Database#start}. */
  void schedule(Job job);
}
