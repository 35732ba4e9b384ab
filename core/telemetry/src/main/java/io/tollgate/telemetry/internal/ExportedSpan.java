package io.tollgate.telemetry.internal;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * A span as the exporter takes it. What is the same for all spans of the process is set once.
 *
 * @param parent 0 where the trace begins with it
 */
public record ExportedSpan(
    long traceHigh,
    long traceLow,
    long id,
    long parent,
    String name,
    SpanKind kind,
    long beganEpochNanos,
    long endedEpochNanos,
    boolean failed,
    Attributes attributes) {

  /** The same, as the SDK's exporter wants it. */
  SpanData of(Resource process, InstrumentationScopeInfo scope) {
    return new Whole(this, process, scope);
  }

  private SpanContext context(long span) {
    return SpanContext.create(
        TraceId.fromLongs(traceHigh, traceLow),
        SpanId.fromLong(span),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private record Whole(ExportedSpan span, Resource process, InstrumentationScopeInfo scope)
      implements SpanData {
    @Override
    public String getName() {
      return span.name;
    }

    @Override
    public SpanKind getKind() {
      return span.kind;
    }

    @Override
    public SpanContext getSpanContext() {
      return span.context(span.id);
    }

    @Override
    public SpanContext getParentSpanContext() {
      return span.parent == 0 ? SpanContext.getInvalid() : span.context(span.parent);
    }

    @Override
    public StatusData getStatus() {
      return span.failed ? StatusData.error() : StatusData.unset();
    }

    @Override
    public long getStartEpochNanos() {
      return span.beganEpochNanos;
    }

    @Override
    public long getEndEpochNanos() {
      return span.endedEpochNanos;
    }

    @Override
    public Attributes getAttributes() {
      return span.attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public List<LinkData> getLinks() {
      return List.of();
    }

    @Override
    public boolean hasEnded() {
      return true;
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public int getTotalRecordedLinks() {
      return 0;
    }

    @Override
    public int getTotalAttributeCount() {
      return span.attributes.size();
    }

    @Deprecated
    @Override
    public io.opentelemetry.sdk.common.InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
      return io.opentelemetry.sdk.common.InstrumentationLibraryInfo.create(
          scope.getName(), scope.getVersion());
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
      return scope;
    }

    @Override
    public Resource getResource() {
      return process;
    }
  }
}
