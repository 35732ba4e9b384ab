package io.tollgate.telemetry.internal;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends spans by OTLP: protobuf over HTTP, compressed. */
public final class OtlpSender implements SpanSender {
  // kept, so that its level stays: failures are told by whoever sends, in our own words
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");
  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("tollgate");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private final OtlpHttpSpanExporter exporter;
  private final Resource process;
  private final int timeoutMs;

  public OtlpSender(URI collector, Map<String, String> headers, int timeoutMs, String version) {
    String base = collector.toString();
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint((base.endsWith("/") ? base : base + "/") + "v1/traces")
            .setTimeout(Duration.ofMillis(timeoutMs))
            .setConnectTimeout(Duration.ofMillis(timeoutMs))
            .setCompression("gzip")
            // tried again with the next batch that comes; what was in this one is counted
            .setRetryPolicy(null);
    headers.forEach(builder::addHeader);
    exporter = builder.build();
    this.timeoutMs = timeoutMs;
    process =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"),
                "tollgate",
                AttributeKey.stringKey("service.version"),
                version,
                AttributeKey.stringKey("service.instance.id"),
                Long.toString(ProcessHandle.current().pid())));
  }

  @Override
  public Optional<String> send(List<ExportedSpan> spans) {
    List<SpanData> batch = spans.stream().map(span -> span.of(process, SCOPE)).toList();
    CompletableResultCode sending = exporter.export(batch);
    sending.join(timeoutMs + 1000L, TimeUnit.MILLISECONDS);
    if (sending.isSuccess()) {
      return Optional.empty();
    }
    Throwable cause = sending.getFailureThrowable();
    return Optional.of(cause == null ? "no answer in time" : cause.toString());
  }

  @Override
  public void close() {
    exporter.shutdown().join(timeoutMs, TimeUnit.MILLISECONDS);
  }
}
