package io.tollgate.trading.exchange.internal.binance;

import static java.util.Objects.requireNonNull;

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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Binance's calls, signed and not. Safe for use by many. */
final class BinanceCalls {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int ANSWER_BYTES = 32 << 20;
  private static final long LONGEST_WINDOW_MS = 60_000;
  private static final long USUAL_WINDOW_MS = 5000;

  private final BinanceSite site;
  private final ExchangeCaller caller;
  private final ExchangeClock clock;
  private final BinanceLimits limits;
  private final Duration deadline;

  BinanceCalls(BinanceSite site, ExchangeCaller caller, ExchangeClock clock, Duration deadline) {
    this.site = requireNonNull(site, "site is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.limits = BinanceLimits.of(site.market());
    this.deadline = deadline.compareTo(DEADLINE) < 0 ? deadline : DEADLINE;
  }

  BinanceSite site() {
    return site;
  }

  ExchangeClock clock() {
    return clock;
  }

  /** What anybody may ask. */
  Outcome<Fields> ask(String path, Query query, int weight) {
    BudgetNames names = site.names("");
    return caller.read(
        names,
        limits.reading(names, weight),
        () -> call("GET", site.origin(), query.after(path), List.of(), ""));
  }

  /** The exchange's time. */
  Outcome<Instant> time() {
    return ExchangeCaller.reading(
        ask(site.path("time"), new Query(), 1), fields -> fields.millis("serverTime"));
  }

  /** Corrects the clock. */
  Outcome<Instant> correctClock() {
    return clock.correct(this::time);
  }

  /**
   * A signed call that may be done twice. Where the clock was wrong it is put right, and the call
   * sent once more.
   */
  Outcome<Fields> signed(
      Signer signer, String method, URI origin, String path, Supplier<Query> query, int weight) {
    BudgetNames names = site.names(signer.name());
    Supplier<Outcome<Fields>> send =
        () ->
            caller.read(
                names,
                limits.reading(names, weight),
                () -> signedCall(signer, method, origin, path, query.get(), USUAL_WINDOW_MS));
    Outcome<Fields> outcome = send.get();
    return outcome instanceof ClockSkew<Fields> ? correctClock().then(_ -> send.get()) : outcome;
  }

  /** A new order, sent once, and taken by the exchange until {@code voidAfter} at the latest. */
  Outcome<Fields> order(Signer signer, String path, Query query, Instant voidAfter) {
    BudgetNames names = site.names(signer.name());
    if (!voidAfter.isAfter(clock.now())) {
      return new SurelyNotDone<>("void before it was sent");
    }
    return caller.order(
        names,
        limits.ordering(names),
        () -> {
          long window = Duration.between(clock.now(), voidAfter).toMillis();
          return signedCall(
              signer, "POST", site.origin(), path, query, Math.clamp(window, 1, LONGEST_WINDOW_MS));
        });
  }

  /** Cancels, which may be done twice. */
  Outcome<Fields> cancel(Signer signer, String path, Supplier<Query> query) {
    BudgetNames names = site.names(signer.name());
    Supplier<Outcome<Fields>> send =
        () ->
            caller.order(
                names,
                limits.reading(names, 1),
                () ->
                    signedCall(
                        signer, "DELETE", site.origin(), path, query.get(), USUAL_WINDOW_MS));
    Outcome<Fields> outcome = send.get();
    return outcome instanceof ClockSkew<Fields> ? correctClock().then(_ -> send.get()) : outcome;
  }

  /** With a key alone, e.g. to open a stream. */
  Outcome<Fields> keyed(Signer signer, String method, String path) {
    BudgetNames names = site.names(signer.name());
    return caller.read(
        names,
        limits.reading(names, 1),
        () -> call(method, site.origin(), path, List.of(keyHeader(signer)), ""));
  }

  private WireCall signedCall(
      Signer signer, String method, URI origin, String path, Query query, long windowMs) {
    query.with("recvWindow", windowMs).with("timestamp", clock.now().toEpochMilli());
    boolean form = method.equals("POST");
    String signature =
        form
            ? Signatures.binance(signer.key(), "", query.toString())
            : Signatures.binance(signer.key(), query.toString(), "");
    query.with("signature", signature);
    List<Header> headers =
        form
            ? List.of(
                keyHeader(signer), new Header("Content-Type", "application/x-www-form-urlencoded"))
            : List.of(keyHeader(signer));
    return form
        ? call(method, origin, path, headers, query.toString())
        : call(method, origin, query.after(path), headers, "");
  }

  private static Header keyHeader(Signer signer) {
    return new Header("X-MBX-APIKEY", signer.key().apiKey());
  }

  private WireCall call(
      String method, URI origin, String target, List<Header> headers, String body) {
    return new WireCall(method, origin, target, headers, body, ANSWER_BYTES, deadline);
  }
}
