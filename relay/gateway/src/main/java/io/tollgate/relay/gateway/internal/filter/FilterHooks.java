package io.tollgate.relay.gateway.internal.filter;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.relay.rules.FilterRule;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The filters that requests of one event loop ask. Confined to that loop. */
public final class FilterHooks {
  private static final int MAX_HOOKS = 10_000;

  private final Vertx vertx;
  private final HttpClient client;
  private final Predicate<InetAddress> isPublic;
  private final int maxBytes;
  private final FilterMetrics metrics;
  private final Map<Long, FilterHook> hooks = new HashMap<>();

  /**
   * @param isPublic whether an address is one of the public internet
   * @param maxBytes largest question, and largest answer
   */
  public FilterHooks(
      Vertx vertx,
      HttpClient client,
      Predicate<InetAddress> isPublic,
      int maxBytes,
      MeterRegistry registry) {
    this.vertx = vertx;
    this.client = client;
    this.isPublic = isPublic;
    this.maxBytes = maxBytes;
    this.metrics = new FilterMetrics(registry);
  }

  /** Asks; the stage never fails, and completes on this loop. */
  public CompletionStage<FilterVerdict> ask(FilterRule rule, FilterQuestion question) {
    long begun = System.nanoTime();
    FilterHook hook = hook(rule.id());
    if (question.json().length > maxBytes) {
      return told(question.phase(), new FilterVerdict.Failed("is not asked about so much"));
    }
    if (!hook.tryAsk(begun)) {
      metrics.leftAlone(question.phase());
      return CompletableFuture.completedStage(
          new FilterVerdict.Failed("is left alone, as it did not answer"));
    }
    FilterCall call = new FilterCall(vertx, client, isPublic, maxBytes, rule, question);
    return call.begin()
        .thenApply(
            verdict -> {
              if (verdict instanceof FilterVerdict.Failed) {
                hook.failed(System.nanoTime());
              } else {
                hook.answered();
              }
              metrics.asked(question.phase(), verdict, System.nanoTime() - begun);
              return verdict;
            });
  }

  private CompletionStage<FilterVerdict> told(FilterPhase phase, FilterVerdict verdict) {
    metrics.asked(phase, verdict, 0);
    return CompletableFuture.completedStage(verdict);
  }

  private FilterHook hook(long rule) {
    if (hooks.size() >= MAX_HOOKS) {
      hooks.clear();
    }
    return hooks.computeIfAbsent(rule, _ -> new FilterHook());
  }
}
