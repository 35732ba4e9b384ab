package io.tollgate.telemetry;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where traces go, and which requests are traced.
 *
 * @param collector takes spans by OTLP over HTTP; empty: nothing is traced
 * @param headers sent to it with every batch
 * @param ratio of the requests that begin a trace here which are traced, 0 to 1
 * @param perSecondMax requests traced in a second, whoever asked for it
 * @param queueMax spans that wait to be sent; more are dropped and counted
 * @param intervalMs between two batches
 * @param timeoutMs for which the collector is waited for
 * @param upstream whether providers are told of the trace
 */
public record TraceConfig(
    Optional<URI> collector,
    Map<String, String> headers,
    double ratio,
    int perSecondMax,
    int queueMax,
    int intervalMs,
    int timeoutMs,
    boolean upstream) {
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]{0,4096}");
  private static final int MAX_HEADERS = 20;

  /** Traces nothing. */
  public static final TraceConfig OFF =
      new TraceConfig(Optional.empty(), Map.of(), 0, 1000, 8192, 1000, 10_000, true);

  public static final Setting<Optional<URI>> URL =
      new Setting<>(
          "otlp.url",
          "Collector that takes traces by OTLP over HTTP, such as http://127.0.0.1:4318; without"
              + " one nothing is traced",
          "",
          TraceConfig::collector,
          false);
  public static final Setting<Map<String, String>> HEADERS =
      new Setting<>(
          "otlp.headers",
          "Headers for the collector: name=value, with commas between them",
          "",
          TraceConfig::headers,
          true);
  public static final Setting<Double> RATIO =
      new Setting<>(
          "traces.ratio",
          "Share of requests that are traced, 0 to 1, where the caller's traceparent does not say"
              + " whether they are",
          "0.01",
          TraceConfig::ratio,
          false);
  public static final Setting<Integer> PER_SECOND_MAX =
      Setting.number(
          "traces.per.second.max",
          1000,
          1,
          1_000_000,
          "Requests traced in a second, also where callers ask for more");
  public static final Setting<Integer> QUEUE_MAX =
      Setting.number(
          "otlp.queue.spans.max",
          8192,
          16,
          1_000_000,
          "Spans that wait for the collector; more are dropped and counted");
  public static final Setting<Integer> INTERVAL =
      Setting.number("otlp.interval.ms", 1000, 10, 60_000, "Time between two batches, ms");
  public static final Setting<Integer> TIMEOUT =
      Setting.number("otlp.timeout.ms", 10_000, 10, 60_000, "Wait for the collector, ms");
  public static final Setting<Boolean> UPSTREAM =
      Setting.flag(
          "traces.upstream", true, "Whether calls of traced requests tell providers of the trace");

  public TraceConfig {
    requireNonNull(collector, "collector is null");
    headers = Map.copyOf(headers);
  }

  public static List<Setting<?>> settings() {
    return List.of(URL, HEADERS, RATIO, PER_SECOND_MAX, QUEUE_MAX, INTERVAL, TIMEOUT, UPSTREAM);
  }

  public static TraceConfig from(Settings settings) {
    return new TraceConfig(
        settings.get(URL),
        settings.get(HEADERS),
        settings.get(RATIO),
        settings.get(PER_SECOND_MAX),
        settings.get(QUEUE_MAX),
        settings.get(INTERVAL),
        settings.get(TIMEOUT),
        settings.get(UPSTREAM));
  }

  private static Optional<URI> collector(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("http://host:port or https://host:port", e);
    }
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "http://host:port or https://host:port, without user, query and fragment; secrets go"
              + " into otlp.headers");
    }
    return Optional.of(url);
  }

  private static Map<String, String> headers(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return found;
    }
    for (String each : text.split(",", -1)) {
      int at = each.indexOf('=');
      String name = at < 0 ? "" : each.substring(0, at).strip();
      String value = at < 0 ? "" : each.substring(at + 1).strip();
      if (!HEADER_NAME.matcher(name).matches()
          || !HEADER_VALUE.matcher(value).matches()
          || found.put(name, value) != null
          || found.size() > MAX_HEADERS) {
        throw new IllegalArgumentException(
            "at most " + MAX_HEADERS + " of name=value, with commas between them, each name once");
      }
    }
    return found;
  }

  private static double ratio(String text) {
    BigDecimal ratio;
    try {
      ratio = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a number from 0 to 1", e);
    }
    if (ratio.signum() < 0 || ratio.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("a number from 0 to 1");
    }
    return ratio.doubleValue();
  }

  /** Without the headers, which hold secrets. */
  @Override
  public String toString() {
    return "TraceConfig[collector=" + collector + ", ratio=" + ratio + "]";
  }
}
