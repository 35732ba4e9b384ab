package io.tollgate.relay.gateway.internal.loop;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether every event loop of the gateway can take a request. Safe for use by many threads.
 */
public final class LoopReadiness {
  private static final long ANSWER_SECONDS = 2;

  private final List<RelayLoop> loops = new CopyOnWriteArrayList<>();

  public void add(RelayLoop loop) {
    loops.add(loop);
  }

  /** Why requests are turned away, if so, as a sentence for the operator; blocks for a moment. */
  public Optional<String> problem() throws InterruptedException {
    if (loops.stream().anyMatch(RelayLoop::full)) {
      return Optional.of("all places for running requests are taken");
    }
    CountDownLatch answers = new CountDownLatch(loops.size());
    loops.forEach(loop -> loop.execute(answers::countDown));
    return answers.await(ANSWER_SECONDS, TimeUnit.SECONDS)
        ? Optional.empty()
        : Optional.of("an event loop does not answer within " + ANSWER_SECONDS + " s");
  }
}
