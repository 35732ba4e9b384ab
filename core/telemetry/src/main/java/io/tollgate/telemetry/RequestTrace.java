package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.tollgate.telemetry.internal.SpanQueue;
import io.tollgate.telemetry.internal.TraceParent;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A request's place in a trace: the trace that its caller named or that began with it, the span
 * that the request itself is, and, where it is traced, where its finished steps go. The ids of its
 * spans follow from the request's own: a trace that began here has the request's id. Confined to
 * whoever serves the request.
 */
public final class RequestTrace {
  /** Whose latency is being recorded. */
  static final ScopedValue<RequestTrace> TIMED = ScopedValue.newInstance();

  private static final HexFormat HEX = HexFormat.of();
  private static final long NO_PARENT = 0;

  private final long traceHigh;
  private final long traceLow;
  private final long parent;
  private final long span;
  private final boolean upstream;
  private final long arrivedEpochNanos;
  private final long arrivedNanos;
  private final @Nullable SpanQueue queue;
  private long steps;

  private RequestTrace(
      long traceHigh,
      long traceLow,
      long parent,
      long span,
      boolean upstream,
      Instant arrivedAt,
      long arrivedNanos,
      @Nullable SpanQueue queue) {
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    this.parent = parent;
    this.span = span;
    this.upstream = upstream;
    this.arrivedEpochNanos = arrivedAt.getEpochSecond() * 1_000_000_000L + arrivedAt.getNano();
    this.arrivedNanos = arrivedNanos;
    this.queue = queue;
  }

  /** Goes on with a caller's trace. */
  static RequestTrace within(
      TraceParent caller,
      UUID request,
      boolean upstream,
      Instant arrivedAt,
      long arrivedNanos,
      @Nullable SpanQueue queue) {
    return new RequestTrace(
        caller.traceHigh(),
        caller.traceLow(),
        caller.span(),
        mixed(request.getLeastSignificantBits()),
        upstream,
        arrivedAt,
        arrivedNanos,
        queue);
  }

  /** Begins one. */
  static RequestTrace root(
      UUID request, boolean upstream, Instant arrivedAt, long arrivedNanos, SpanQueue queue) {
    return new RequestTrace(
        request.getMostSignificantBits(),
        request.getLeastSignificantBits(),
        NO_PARENT,
        mixed(request.getLeastSignificantBits()),
        upstream,
        arrivedAt,
        arrivedNanos,
        requireNonNull(queue, "queue is null"));
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
  }

  /** Of the request itself, 16 hexadecimal digits. */
  public String spanId() {
    return HEX.toHexDigits(span);
  }

  /** Whether its spans are kept: without, nothing needs to be timed. */
  public boolean recorded() {
    return queue != null;
  }

  /** The id of the next step; unique within the trace as far as chance goes, and never 0. */
  public long nextSpan() {
    return mixed(span + ++steps);
  }

  /** What a provider is to be told, where it is told at all: the step of ours that calls it. */
  public Optional<String> traceparent(long step) {
    return queue != null && upstream
        ? Optional.of("00-" + traceId() + "-" + HEX.toHexDigits(step) + "-01")
        : Optional.empty();
  }

  /** The span of the request itself; to be given to {@link FinishedSpan#end} once. */
  public FinishedSpan whole(String name) {
    return new FinishedSpan(this, FinishedSpan.Kind.SERVER, name, span, parent, arrivedNanos);
  }

  /**
   * A step of it.
   *
   * @param id from {@link #nextSpan}
   * @param beganNanos {@link System#nanoTime} when it began
   */
  public FinishedSpan step(FinishedSpan.Kind kind, String name, long id, long beganNanos) {
    return new FinishedSpan(this, kind, name, id, span, beganNanos);
  }

  /** The same, with the next id. */
  public FinishedSpan step(String name, long beganNanos) {
    return step(FinishedSpan.Kind.INTERNAL, name, nextSpan(), beganNanos);
  }

  /** Records a latency of the request, which may become the example of its histogram's bucket. */
  public void timing(Runnable latency) {
    if (queue == null) {
      latency.run();
    } else {
      ScopedValue.where(TIMED, this).run(latency);
    }
  }

  /** Adds the ids to a line of the log. */
  public LoggingEventBuilder addTo(LoggingEventBuilder line) {
    return line.addKeyValue("trace_id", traceId()).addKeyValue("span_id", spanId());
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  /** Nanoseconds since 1970 at a moment of {@link System#nanoTime}. */
  long epochNanos(long nanos) {
    return arrivedEpochNanos + (nanos - arrivedNanos);
  }

  void keep(FinishedSpan finished) {
    if (queue != null) {
      queue.offer(finished.exported());
    }
  }

  /** Spreads numbers that lie close together over all 64 bits (the finalizer of SplitMix64). */
  private static long mixed(long number) {
    long z = number + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return z == 0 ? 1 : z;
  }
}
