package io.tollgate.telemetry;

import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Tells meters whose latency is being recorded, for the exemplars of histograms. */
final class TimedTrace implements SpanContext {
  @Override
  public @Nullable String getCurrentTraceId() {
    return RequestTrace.TIMED.isBound() ? RequestTrace.TIMED.get().traceId() : null;
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return RequestTrace.TIMED.isBound() ? RequestTrace.TIMED.get().spanId() : null;
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return RequestTrace.TIMED.isBound();
  }

  @Override
  public void markCurrentSpanAsExemplar() {}
}
