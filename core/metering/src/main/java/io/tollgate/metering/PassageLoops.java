package io.tollgate.metering;

import java.util.concurrent.Executor;

/** Gives each event loop of this process passages of its own. */
@FunctionalInterface
public interface PassageLoops {
  /**
   * The passages of one loop, to be used on it only.
   *
   * @param loop its number, from 0; each joins once
   * @param executor runs tasks on the loop, in order, after what runs now
   */
  Passages join(int loop, Executor executor);

  /** For passages that every thread may use. */
  static PassageLoops shared(Passages passages) {
    return (loop, executor) -> passages;
  }
}
