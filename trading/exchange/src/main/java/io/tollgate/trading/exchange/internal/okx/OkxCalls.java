package io.tollgate.trading.exchange.internal.okx;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.ExchangeClock;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.rates.Cost;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.signing.Signatures;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireCall;
import io.tollgate.trading.exchange.internal.wire.WireCall.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** OKX's calls, signed and not. Safe for use by many. */
final class OkxCalls {
  private static final int ANSWER_BYTES = 8 << 20;
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final OkxSite site;
  private final ExchangeCaller caller;
  private final ExchangeClock clock;
  private final Duration deadline;

  OkxCalls(OkxSite site, ExchangeCaller caller, ExchangeClock clock, Duration deadline) {
    this.site = requireNonNull(site, "site is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.deadline = requireNonNull(deadline, "deadline is null");
  }

  OkxSite site() {
    return site;
  }

  ExchangeClock clock() {
    return clock;
  }

  /** What anybody may ask, and how often in 2 s. */
  Outcome<Fields> ask(String path, Query query, int limit) {
    BudgetNames names = site.names("");
    return caller.read(
        names,
        List.of(names.byAddress(path, 1, limit, WINDOW)),
        () -> call("GET", query.after(path), List.of(), ""));
  }

  Outcome<Instant> time() {
    return ExchangeCaller.reading(
        ask("/api/v5/public/time", new Query(), 10), fields -> first(fields).millis("ts"));
  }

  Outcome<Instant> correctClock() {
    return clock.correct(this::time);
  }

  /** A signed question; sent once more where the clock was wrong. */
  Outcome<Fields> get(Signer signer, String path, Query query, int limit) {
    return again(() -> signed(signer, "GET", query.after(path), "", path, limit, false));
  }

  /** A signed setting, which may be done twice; the same. */
  Outcome<Fields> set(Signer signer, String path, String body, int limit) {
    return again(() -> signed(signer, "POST", path, body, path, limit, false));
  }

  /** Cancels, which may be done twice; the same. */
  Outcome<Fields> cancel(Signer signer, String body) {
    String path = "/api/v5/trade/cancel-order";
    return again(() -> signed(signer, "POST", path, body, path, 60, true));
  }

  /** A new order, sent once, void later than a moment. */
  Outcome<Fields> order(Signer signer, String body, Instant voidAfter) {
    if (!voidAfter.isAfter(clock.now())) {
      return new SurelyNotDone<>("void before it was sent");
    }
    String path = "/api/v5/trade/order";
    BudgetNames names = site.names(signer.name());
    return caller.order(
        names,
        List.of(names.byKey("POST " + path, 1, 60, WINDOW)),
        () -> signedCall(signer, "POST", path, body, Optional.of(voidAfter)));
  }

  /** The first of an answer's things. */
  static Fields first(Fields answer) {
    return answer.in("data").at(0);
  }

  private Outcome<Fields> again(Supplier<Outcome<Fields>> send) {
    Outcome<Fields> outcome = send.get();
    return outcome instanceof ClockSkew<Fields> ? correctClock().then(_ -> send.get()) : outcome;
  }

  private Outcome<Fields> signed(
      Signer signer,
      String method,
      String target,
      String body,
      String budget,
      int limit,
      boolean order) {
    BudgetNames names = site.names(signer.name());
    List<Cost> costs = List.of(names.byKey(method + " " + budget, 1, limit, WINDOW));
    Supplier<WireCall> call = () -> signedCall(signer, method, target, body, Optional.empty());
    return order ? caller.order(names, costs, call) : caller.read(names, costs, call);
  }

  private WireCall signedCall(
      Signer signer, String method, String target, String body, Optional<Instant> voidAfter) {
    String timestamp = TIME.format(clock.now());
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("OK-ACCESS-KEY", signer.key().apiKey()));
    headers.add(
        new Header(
            "OK-ACCESS-SIGN", Signatures.okx(signer.key(), timestamp, method, target, body)));
    headers.add(new Header("OK-ACCESS-TIMESTAMP", timestamp));
    headers.add(new Header("OK-ACCESS-PASSPHRASE", signer.key().passphrase()));
    voidAfter.ifPresent(
        moment -> headers.add(new Header("expTime", Long.toString(moment.toEpochMilli()))));
    return call(method, target, headers, body);
  }

  private WireCall call(String method, String target, List<Header> headers, String body) {
    List<Header> all = new ArrayList<>(headers);
    if (site.simulated()) {
      all.add(new Header("x-simulated-trading", "1"));
    }
    if (!body.isEmpty()) {
      all.add(new Header("Content-Type", "application/json"));
    }
    return new WireCall(method, site.origin(), target, all, body, ANSWER_BYTES, deadline);
  }
}
