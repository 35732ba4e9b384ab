package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the monitor counts. Safe for use by many threads. */
public final class ScanMeters {
  /** After so long a bar was looked at late. */
  private static final Duration IN_TIME = Duration.ofSeconds(5);

  private final MeterRegistry registry;
  private final Timer latency;
  private final Counter late;
  private final Counter errors;
  private final Counter revisions;
  private final AtomicInteger subjects;

  public ScanMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    this.latency =
        Timer.builder("tollgate.monitor.scan.latency")
            .description("from a bar's close, by the market's clock, until what it says is kept")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(50))
            .maximumExpectedValue(Duration.ofMinutes(2))
            .register(registry);
    this.late = counter("bars.late", "bars that were looked at more than 5 s after their close");
    this.errors = counter("errors", "looks that failed");
    this.revisions =
        counter("revisions", "states made again, as the exchange told a bar otherwise");
    this.subjects = new AtomicInteger();
    registry.gauge("tollgate.monitor.subjects", subjects);
  }

  private Counter counter(String name, String description) {
    return Counter.builder("tollgate.monitor." + name).description(description).register(registry);
  }

  void subjects(int number) {
    subjects.set(number);
  }

  /** A bar was looked at, so long after its close. */
  void bar(Duration afterClose) {
    latency.record(afterClose.isNegative() ? Duration.ZERO : afterClose);
    if (afterClose.compareTo(IN_TIME) > 0) {
      late.increment();
    }
  }

  /**
   * A strategy has said something.
   *
   * @param became in a word
   */
  void output(String became) {
    Counter.builder("tollgate.monitor.outputs")
        .description("what strategies said, by what became of it")
        .tag("became", became)
        .register(registry)
        .increment();
  }

  void signals(int made) {
    Counter.builder("tollgate.monitor.signals")
        .description("signals that were made")
        .register(registry)
        .increment(made);
  }

  void error() {
    errors.increment();
  }

  void revision() {
    revisions.increment();
  }
}
