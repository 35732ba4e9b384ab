package io.tollgate.bench.following;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Requests at a steady rate, each when it is due, by callers that have one connection each. */
record PacedLoad(int perSecond, int callers, Caller caller) {
  /** Sends one request over a connection. */
  interface Caller {
    PlainConnection open() throws IOException;

    /** Whether it was answered well. */
    boolean call(PlainConnection connection, long number) throws IOException;
  }

  /**
   * What was done.
   *
   * @param sent requests
   * @param failed that were not answered 200
   */
  record Done(long sent, long failed) {}

  /**
   * @param first number of the first request
   */
  Done run(long first, int seconds) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long count = (long) perSecond * seconds;
    AtomicLong next = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        running.add(threads.submit(() -> call(begun, first, count, next)));
      }
      long failed = 0;
      for (Future<Long> one : running) {
        failed += one.get();
      }
      return new Done(count, failed);
    } catch (ExecutionException e) {
      throw new IOException("following: " + e.getCause(), e);
    }
  }

  private long call(long begun, long first, long count, AtomicLong next) throws IOException {
    long failed = 0;
    try (PlainConnection connection = caller.open()) {
      for (long number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
        long due = begun + number * 1_000_000_000L / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        failed += caller.call(connection, first + number) ? 0 : 1;
      }
    }
    return failed;
  }
}
