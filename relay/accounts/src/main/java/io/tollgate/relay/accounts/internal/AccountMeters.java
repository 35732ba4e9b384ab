package io.tollgate.relay.accounts.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tollgate.relay.accounts.AccountFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of one account. Safe for use by many threads. */
final class AccountMeters implements AutoCloseable {
  private static final String FAILURES = "tollgate.relay.account.failures";
  private static final List<String> REASONS =
      List.of("rate_limited", "unreachable", "failed", "banned");

  private final MeterRegistry registry;
  private final Tags account;
  private final List<Meter> registered = new ArrayList<>();
  private final Counter requests;
  private final Map<String, Counter> failures = new HashMap<>();

  private AccountMeters(MeterRegistry registry, Tags account) {
    this.registry = registry;
    this.account = account;
    requests = kept(registry.counter("tollgate.relay.account.requests", account));
    for (String reason : REASONS) {
      failures.put(reason, kept(registry.counter(FAILURES, account.and("reason", reason))));
    }
  }

  /** Registers them. */
  static AccountMeters of(MeterRegistry registry, long id, String provider) {
    return new AccountMeters(registry, Tags.of("account", Long.toString(id), "provider", provider));
  }

  /** Of an account that is beyond those with meters of their own: counts nothing. */
  static AccountMeters none() {
    return new AccountMeters(new CompositeMeterRegistry(), Tags.empty());
  }

  /** Adds what is looked at when metrics are read. */
  void watch(Supplier<Number> state, Supplier<Number> load) {
    kept(
        Gauge.builder("tollgate.relay.account.state", state)
            .description("0 healthy, 1 doubtful, 2 cooling, 3 circuit open, 4 banned")
            .tags(account)
            .register(registry));
    kept(Gauge.builder("tollgate.relay.account.in.flight", load).tags(account).register(registry));
  }

  void request() {
    requests.increment();
  }

  void failure(AccountFailure failure) {
    Counter counter = failures.get(failure.code());
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void close() {
    registered.forEach(registry::remove);
  }

  private <M extends Meter> M kept(M meter) {
    registered.add(meter);
    return meter;
  }
}
