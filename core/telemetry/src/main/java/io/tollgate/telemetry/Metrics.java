package io.tollgate.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The meters of one process. Safe for use by many threads. */
public final class Metrics implements AutoCloseable {
  /** Media type of {@link #scrapeOpenMetrics}. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /** Exemplars of buckets and counters: Prometheus takes none of a histogram's count. */
  private static final PrometheusConfig BUCKETS_ONLY =
      new PrometheusConfig() {
        @Override
        public @Nullable String get(String key) {
          return null;
        }

        @Override
        public Properties prometheusProperties() {
          Properties properties = new Properties();
          properties.setProperty("io.prometheus.exporter.exemplars_on_all_metric_types", "false");
          return properties;
        }
      };

  private final PrometheusMeterRegistry registry;
  private final JvmGcMetrics collections = new JvmGcMetrics();

  private Metrics() {
    registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private Metrics(SpanContext traces) {
    registry =
        new PrometheusMeterRegistry(BUCKETS_ONLY, new PrometheusRegistry(), Clock.SYSTEM, traces);
  }

  /** An empty registry; what tests use. */
  public static Metrics empty() {
    return new Metrics();
  }

  /** The same as {@link #ofProcess(boolean)}, of a process that traces nothing. */
  public static Metrics ofProcess() {
    return ofProcess(false);
  }

  /**
   * A registry that already counts memory, collections, threads, processors and files.
   *
   * @param traced whether latencies name a request that took so long, see {@link
   *     RequestTrace#timing}
   */
  public static Metrics ofProcess(boolean traced) {
    Metrics metrics = traced ? new Metrics(new TimedTrace()) : new Metrics();
    new JvmMemoryMetrics().bindTo(metrics.registry);
    new JvmThreadMetrics().bindTo(metrics.registry);
    new ClassLoaderMetrics().bindTo(metrics.registry);
    new ProcessorMetrics().bindTo(metrics.registry);
    new FileDescriptorMetrics().bindTo(metrics.registry);
    new UptimeMetrics().bindTo(metrics.registry);
    metrics.collections.bindTo(metrics.registry);
    return metrics;
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** All meters in the Prometheus text format, version 0.0.4. Takes some milliseconds. */
  public String scrape() {
    return registry.scrape();
  }

  /** The same as OpenMetrics, version 1.0.0, which has exemplars too. */
  public String scrapeOpenMetrics() {
    return registry.scrape(OPEN_METRICS);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
