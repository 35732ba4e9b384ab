package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.tollgate.telemetry.internal.ExportedSpan;

/**
 * A step of a traced request that is over, as it is told to the collector. Attributes are for ids,
 * names of ours and numbers: never for what was asked or answered, nor for a secret.
 */
public final class FinishedSpan {
  private static final int LONGEST_TEXT = 256;

  /** On which side of a call a step stands. */
  public enum Kind {
    /** We were asked. */
    SERVER(SpanKind.SERVER),
    /** We asked. */
    CLIENT(SpanKind.CLIENT),
    /** Neither. */
    INTERNAL(SpanKind.INTERNAL);

    private final SpanKind known;

    Kind(SpanKind known) {
      this.known = known;
    }
  }

  private final RequestTrace trace;
  private final Kind kind;
  private final String name;
  private final long id;
  private final long parent;
  private final long beganNanos;
  private final AttributesBuilder attributes = Attributes.builder();
  private long endedNanos;
  private boolean failed;

  FinishedSpan(RequestTrace trace, Kind kind, String name, long id, long parent, long beganNanos) {
    this.trace = trace;
    this.kind = requireNonNull(kind, "kind is null");
    this.name = requireNonNull(name, "name is null");
    this.id = id;
    this.parent = parent;
    this.beganNanos = beganNanos;
  }

  public FinishedSpan with(String attribute, String value) {
    attributes.put(
        AttributeKey.stringKey(attribute),
        value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT));
    return this;
  }

  public FinishedSpan with(String attribute, long value) {
    attributes.put(AttributeKey.longKey(attribute), value);
    return this;
  }

  public FinishedSpan with(String attribute, boolean value) {
    attributes.put(AttributeKey.booleanKey(attribute), value);
    return this;
  }

  /** It did not end well: why, in one word. */
  public FinishedSpan failed(String why) {
    failed = true;
    return with("error.type", why);
  }

  /** It is over, and goes to the collector unless too many wait for it. Never waits. */
  public void end(long nanos) {
    endedNanos = nanos;
    trace.keep(this);
  }

  ExportedSpan exported() {
    return new ExportedSpan(
        trace.traceHigh(),
        trace.traceLow(),
        id,
        parent,
        name,
        kind.known,
        trace.epochNanos(beganNanos),
        trace.epochNanos(endedNanos),
        failed,
        attributes.build());
  }
}
