package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.telemetry.internal.OtlpSender;
import io.tollgate.telemetry.internal.SecondBudget;
import io.tollgate.telemetry.internal.SpanQueue;
import io.tollgate.telemetry.internal.TraceParent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The traces of one process. Requests go on with the trace that their caller names by {@code
 * traceparent} (W3C Trace Context), sampled as the caller says; of others a share begins one.
 * Whether traced or not, nothing here waits for the collector. Safe for use by many threads.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class Tracing implements AutoCloseable {
  private static final double NUMBERS = 0x1p62;
  private static final long LOW_BITS = (1L << 62) - 1;

  private final boolean upstream;
  // requests whose random bits are below it are traced
  private final long below;
  private final @Nullable SpanQueue queue;
  private final @Nullable SecondBudget budget;
  private final @Nullable Counter beyond;

  private Tracing(TraceConfig config, @Nullable SpanQueue queue, @Nullable Counter beyond) {
    this.upstream = config.upstream();
    this.below = config.ratio() >= 1 ? Long.MAX_VALUE : (long) (config.ratio() * NUMBERS);
    this.queue = queue;
    this.budget = queue == null ? null : new SecondBudget(config.perSecondMax());
    this.beyond = beyond;
  }

  /** Keeps the ids that callers name, and sends nothing. */
  public static Tracing off() {
    return new Tracing(TraceConfig.OFF, null, null);
  }

  /**
   * Starts sending, where there is a collector.
   *
   * @param version of the program
   */
  public static Tracing open(TraceConfig config, String version, MeterRegistry meters) {
    requireNonNull(version, "version is null");
    return config
        .collector()
        .map(
            url -> {
              SpanQueue queue =
                  new SpanQueue(
                      config.queueMax(),
                      config.intervalMs(),
                      new OtlpSender(url, config.headers(), config.timeoutMs(), version),
                      meters);
              queue.start();
              return new Tracing(
                  config,
                  queue,
                  Counter.builder("tollgate.traces.requests.over.limit")
                      .description("Requests that were to be traced beyond traces.per.second.max")
                      .register(meters));
            })
        .orElseGet(Tracing::off);
  }

  /**
   * The place of a request that has arrived; empty where it is not traced and its caller named no
   * trace.
   *
   * @param request its id, whose last 62 bits are random
   * @param traceparent the header; null where there is none. What is no such header is ignored
   */
  public Optional<RequestTrace> begin(
      UUID request, Instant arrivedAt, long arrivedNanos, @Nullable String traceparent) {
    if (traceparent != null) {
      Optional<TraceParent> caller = TraceParent.parse(traceparent);
      if (caller.isPresent()) {
        SpanQueue into = caller.get().sampled() && mayRecord(arrivedNanos) ? queue : null;
        return Optional.of(
            RequestTrace.within(caller.get(), request, upstream, arrivedAt, arrivedNanos, into));
      }
    }
    SpanQueue into = queue;
    if (into == null
        || (request.getLeastSignificantBits() & LOW_BITS) >= below
        || !mayRecord(arrivedNanos)) {
      return Optional.empty();
    }
    return Optional.of(RequestTrace.root(request, upstream, arrivedAt, arrivedNanos, into));
  }

  private boolean mayRecord(long nanos) {
    SecondBudget within = budget;
    if (within == null) {
      return false;
    }
    if (within.tryTake(nanos)) {
      return true;
    }
    if (beyond != null) {
      beyond.increment();
    }
    return false;
  }

  /** Sends what waits, for a bounded time, and ends. */
  @Override
  public void close() {
    if (queue != null) {
      queue.close();
    }
  }
}
