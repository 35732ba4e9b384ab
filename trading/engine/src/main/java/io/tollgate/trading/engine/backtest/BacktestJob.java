package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A piece of work that was handed in: where it stands, what it brought, and the way to end it. Safe
 * for use by many threads.
 *
 * @param <T> what it brings
 */
public final class BacktestJob<T> {
  /** Where a job stands. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  private final String id;
  private final long bars;
  private final RunControl control = new RunControl();
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private volatile boolean running;

  BacktestJob(String id, long bars) {
    this.id = requireNonNull(id, "id is null");
    this.bars = bars;
  }

  void run(Function<RunControl, T> work) {
    try {
      control.check();
      running = true;
      outcome.complete(work.apply(control));
    } catch (Exception | Error e) {
      outcome.completeExceptionally(e);
    }
  }

  public String id() {
    return id;
  }

  public State state() {
    return switch (outcome.state()) {
      case RUNNING -> running ? State.RUNNING : State.QUEUED;
      case SUCCESS -> State.DONE;
      case CANCELLED -> State.CANCELLED;
      case FAILED ->
          outcome.exceptionNow() instanceof CancellationException ? State.CANCELLED : State.FAILED;
    };
  }

  /** The share of its bars that were read, 0 to 1; 1 only when it is done. */
  public double progress() {
    if (state() == State.DONE) {
      return 1;
    }
    double share = bars == 0 ? 0 : (double) control.bars() / bars;
    return Math.min(share, 0.9999);
  }

  /** What it brought, once it is done. */
  public Optional<T> result() {
    return state() == State.DONE ? Optional.of(outcome.resultNow()) : Optional.empty();
  }

  /** Why it failed, once it has. */
  public Optional<Throwable> failure() {
    return state() == State.FAILED ? Optional.of(outcome.exceptionNow()) : Optional.empty();
  }

  /** Ends it; nothing comes of that when it has ended. */
  public void cancel() {
    control.cancel();
    if (!running) {
      outcome.completeExceptionally(new CancellationException("the job was cancelled"));
    }
  }

  boolean isOver() {
    return outcome.isDone();
  }

  /**
   * Waits for what it brings.
   *
   * @throws Refusal with which it was refused; {@code UNAVAILABLE} when it was cancelled
   */
  public T await() {
    try {
      return outcome.join();
    } catch (CancellationException e) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "the run was cancelled", e);
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case Refusal refusal -> throw refusal;
        case CancellationException cancelled ->
            throw new Refusal(ErrorCode.UNAVAILABLE, "the run was cancelled", cancelled);
        case null, default -> throw e;
      }
    }
  }
}
