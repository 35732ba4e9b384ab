package io.tollgate.trading.exchange.internal.gate;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.ExchangeClock;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.signing.Signatures;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireCall;
import io.tollgate.trading.exchange.internal.wire.WireCall.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gate's calls, signed and not. Safe for use by many. */
final class GateCalls {
  private static final int ANSWER_BYTES = 16 << 20;

  /** How far a time that something is signed with may be behind Gate's. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private final GateSite site;
  private final ExchangeCaller caller;
  private final ExchangeClock clock;
  private final Duration deadline;

  GateCalls(GateSite site, ExchangeCaller caller, ExchangeClock clock, Duration deadline) {
    this.site = requireNonNull(site, "site is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.deadline = requireNonNull(deadline, "deadline is null");
  }

  GateSite site() {
    return site;
  }

  ExchangeClock clock() {
    return clock;
  }

  /** What anybody may ask. */
  Outcome<Fields> ask(String path, Query query) {
    BudgetNames names = GateLimits.of(site.names(""), path);
    return caller.read(
        names, GateLimits.reading(names), () -> call("GET", path, query.toString(), List.of(), ""));
  }

  Outcome<Instant> time() {
    return ExchangeCaller.reading(
        ask("/api/v4/spot/time", new Query()), fields -> fields.millis("server_time"));
  }

  Outcome<Instant> correctClock() {
    return clock.correct(this::time);
  }

  /** A signed question; sent once more where the clock was wrong. */
  Outcome<Fields> get(Signer signer, String path, Query query) {
    return again(() -> signed(signer, "GET", path, path, query, "", false));
  }

  /**
   * The same of one thing.
   *
   * @param endpoint what its calls are counted under
   */
  Outcome<Fields> get(Signer signer, String endpoint, String path, Query query) {
    return again(() -> signed(signer, "GET", endpoint, path, query, "", false));
  }

  /** A signed setting, which may be done twice; the same. */
  Outcome<Fields> set(Signer signer, String path, Query query) {
    return again(() -> signed(signer, "POST", path, path, query, "", false));
  }

  /** The same with a body, of what closes only: done twice it does no harm. */
  Outcome<Fields> post(Signer signer, String path, String body) {
    return again(() -> signed(signer, "POST", path, path, new Query(), body, true));
  }

  /** Cancels, which may be done twice; the same. */
  Outcome<Fields> cancel(Signer signer, String endpoint, String path, Query query) {
    return again(() -> signed(signer, "DELETE", endpoint, path, query, "", true));
  }

  /**
   * A new order, sent once, void later than a moment: contracts say so in the head. Spot has no
   * such field, but does not take what was signed more than a minute ago: it is signed with a time
   * a minute before the moment.
   */
  Outcome<Fields> order(Signer signer, String path, String body, Instant voidAfter) {
    if (!voidAfter.isAfter(clock.now())) {
      return new SurelyNotDone<>("void before it was sent");
    }
    BudgetNames names = GateLimits.of(site.names(signer.name()), "POST " + path);
    return caller.order(
        names,
        GateLimits.ordering(names),
        () ->
            switch (site.market()) {
              case SPOT -> {
                Instant signedAt = voidAfter.minus(TOLERANCE);
                Instant now = clock.now();
                yield signedCall(
                    signer,
                    "POST",
                    path,
                    "",
                    body,
                    (signedAt.isBefore(now) ? signedAt : now).getEpochSecond(),
                    List.of());
              }
              case FUTURE ->
                  signedCall(
                      signer,
                      "POST",
                      path,
                      "",
                      body,
                      clock.now().getEpochSecond(),
                      List.of(
                          new Header("x-gate-exptime", Long.toString(voidAfter.toEpochMilli()))));
            });
  }

  private Outcome<Fields> again(Supplier<Outcome<Fields>> send) {
    Outcome<Fields> outcome = send.get();
    return outcome instanceof ClockSkew<Fields> ? correctClock().then(_ -> send.get()) : outcome;
  }

  private Outcome<Fields> signed(
      Signer signer,
      String method,
      String endpoint,
      String path,
      Query query,
      String body,
      boolean order) {
    BudgetNames names = GateLimits.of(site.names(signer.name()), method + " " + endpoint);
    Supplier<WireCall> call =
        () ->
            signedCall(
                signer,
                method,
                path,
                query.toString(),
                body,
                clock.now().getEpochSecond(),
                List.of());
    return order
        ? caller.order(names, GateLimits.ordering(names), call)
        : caller.read(names, GateLimits.reading(names), call);
  }

  private WireCall signedCall(
      Signer signer,
      String method,
      String path,
      String query,
      String body,
      long seconds,
      List<Header> more) {
    List<Header> headers = new ArrayList<>(more);
    headers.add(new Header("KEY", signer.key().apiKey()));
    headers.add(
        new Header("SIGN", Signatures.gate(signer.key(), method, path, query, body, seconds)));
    headers.add(new Header("Timestamp", Long.toString(seconds)));
    if (!body.isEmpty()) {
      headers.add(new Header("Content-Type", "application/json"));
    }
    return call(method, path, query, headers, body);
  }

  private WireCall call(
      String method, String path, String query, List<Header> headers, String body) {
    String target = query.isEmpty() ? path : path + "?" + query;
    return new WireCall(method, site.origin(), target, headers, body, ANSWER_BYTES, deadline);
  }

  boolean isSpot() {
    return site.market() == MarketType.SPOT;
  }
}
