package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The rules of a market's instruments, asked for at most once an hour. Safe for use by many. */
public final class KeptInstruments {
  private static final Duration KEPT = Duration.ofHours(1);

  private final InstantSource clock;
  private final Supplier<Outcome<List<Instrument>>> ask;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Known known = new Known(Map.of(), Map.of(), Instant.MIN);

  private record Known(
      Map<Symbol, Instrument> bySymbol, Map<String, Instrument> byName, Instant until) {}

  public KeptInstruments(InstantSource clock, Supplier<Outcome<List<Instrument>>> ask) {
    this.clock = clock;
    this.ask = ask;
  }

  /** Asks again, and keeps what is answered. */
  public Outcome<List<Instrument>> refresh() {
    Outcome<List<Instrument>> outcome = ask.get();
    if (outcome instanceof Accepted<List<Instrument>>(List<Instrument> instruments)) {
      known =
          new Known(
              instruments.stream()
                  .collect(Collectors.toMap(Instrument::symbol, Function.identity(), (a, _) -> a)),
              instruments.stream()
                  .collect(
                      Collectors.toMap(
                          Instrument::exchangeSymbol, Function.identity(), (a, _) -> a)),
              clock.instant().plus(KEPT));
    }
    return outcome;
  }

  /** That of a symbol. */
  public Outcome<Instrument> of(Symbol symbol) {
    return fresh()
        .then(now -> found(Optional.ofNullable(now.bySymbol().get(symbol)), symbol.toString()));
  }

  /** That of a name of the exchange's. */
  public Outcome<Instrument> named(String exchangeSymbol) {
    return fresh()
        .then(now -> found(Optional.ofNullable(now.byName().get(exchangeSymbol)), exchangeSymbol));
  }

  private Outcome<Known> fresh() {
    if (clock.instant().isBefore(known.until())) {
      return new Accepted<>(known);
    }
    asking.lock();
    try {
      return clock.instant().isBefore(known.until())
          ? new Accepted<>(known)
          : refresh().map(_ -> known);
    } finally {
      asking.unlock();
    }
  }

  private static Outcome<Instrument> found(Optional<Instrument> instrument, String name) {
    return instrument
        .<Outcome<Instrument>>map(Accepted::new)
        .orElseGet(() -> new Rejected<>(Rejection.SYMBOL_NOT_FOUND, "no instrument " + name));
  }
}
