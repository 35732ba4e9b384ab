package io.tollgate.relay.gateway.rig;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.Passages;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for metering: lets through up to so many output tokens, notes everything, and completes
 * on threads of its own as the real one does.
 */
public final class RecordingPassages implements Passages {
  /** Output tokens that each user's means cover. */
  public volatile long means = Long.MAX_VALUE;

  /** Reservations are granted when this is complete. */
  public volatile CompletableFuture<?> openGate = CompletableFuture.completedFuture("");

  /** Results are recorded when this is complete, or fail as it does. */
  public volatile CompletableFuture<?> recordGate = CompletableFuture.completedFuture("");

  public final List<Recorded> opened = new CopyOnWriteArrayList<>();
  public final AtomicInteger checked = new AtomicInteger();
  public final List<String> faults = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Passage> open(PassageRequest request) {
    return openGate.thenApplyAsync(_ -> openNow(request), Thread::startVirtualThread);
  }

  @Override
  public CompletionStage<?> check(PassageRequest request) {
    checked.incrementAndGet();
    return openGate.thenApplyAsync(_ -> reserved(request), Thread::startVirtualThread);
  }

  private Passage openNow(PassageRequest request) {
    Recorded passage = new Recorded(request, reserved(request));
    opened.add(passage);
    return passage;
  }

  private TokenUsage reserved(PassageRequest request) {
    if (request.estimate().output() <= means) {
      return request.estimate();
    }
    if (request.least().output() <= means) {
      return request.least();
    }
    throw new Refusal(ErrorCode.INSUFFICIENT_MEANS, "balance and quota do not cover it");
  }

  /** The only passage there was. */
  public Recorded only() {
    if (opened.size() != 1) {
      throw new AssertionError("passages opened: " + opened.size() + " (expected: 1)");
    }
    return opened.getFirst();
  }

  /** A passage and all that was done with it. */
  public final class Recorded implements Passage {
    public final PassageRequest request;
    private final TokenUsage reserved;
    public final List<TokenUsage> extensions = new CopyOnWriteArrayList<>();
    public final List<TokenUsage> progress = new CopyOnWriteArrayList<>();
    public final List<PassageResult> results = new CopyOnWriteArrayList<>();

    Recorded(PassageRequest request, TokenUsage reserved) {
      this.request = request;
      this.reserved = reserved;
    }

    /** How it was recorded; there is only one way. */
    public PassageResult result() {
      if (results.size() != 1) {
        throw new AssertionError("results: " + results.size() + " (expected: 1)");
      }
      return results.getFirst();
    }

    @Override
    public ChargeId id() {
      return request.charge();
    }

    @Override
    public TokenUsage reserved() {
      return reserved;
    }

    @Override
    public CompletionStage<Boolean> extend(TokenUsage usage) {
      extensions.add(usage);
      return CompletableFuture.supplyAsync(
          () -> usage.output() <= means, Thread::startVirtualThread);
    }

    @Override
    public void progress(TokenUsage soFar) {
      progress.add(soFar);
    }

    @Override
    public CompletionStage<Charge> record(PassageResult result) {
      results.add(result);
      if (results.size() > 1) {
        faults.add("recorded twice: " + id());
      }
      return recordGate.thenApplyAsync(_ -> new Charge(id(), 0, 0, 0), Thread::startVirtualThread);
    }
  }
}
