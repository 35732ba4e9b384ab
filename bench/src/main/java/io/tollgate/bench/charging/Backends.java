package io.tollgate.bench.charging;

import java.io.IOException;
import java.util.concurrent.Future;

/**
 * Backends that have their users' calls checked and deducted. One thread carries the calls of all,
 * as what a caller costs is taken from the program that is measured beside it: each has a
 * connection of its own and one call at a time.
 */
interface Backends extends AutoCloseable {
  /** Connects one more; before {@link #carry}. */
  Backend connect() throws IOException;

  /** Carries their calls from now on, and returns once all is done. */
  void carry(Runnable begin, Future<?> done) throws IOException, InterruptedException;

  @Override
  void close();

  /** One backend's connection; for the thread that carries the calls. */
  interface Backend {
    /** Asks whether a call would be let through. */
    void check(String user, Answered then);

    /** Charges a call. */
    void deduct(String user, String requestId, Answered then);
  }

  /** What comes of a call. */
  interface Answered {
    /**
     * It was answered.
     *
     * @param granted whether the call is let through, or was charged
     */
    void with(boolean granted);

    /** There will be no answer. */
    void failed(Exception failure);
  }
}
