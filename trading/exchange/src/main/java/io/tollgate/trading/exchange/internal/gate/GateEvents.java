package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.BalanceChanged;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.AccountEvent.PositionChanged;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.internal.stream.KnownInstrument;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what Gate tells of an account. */
final class GateEvents {
  private final boolean spot;
  private final GateMarketData market;

  GateEvents(boolean spot, GateMarketData market) {
    this.spot = spot;
    this.market = market;
  }

  /** What an update of a channel tells. */
  List<AccountEvent> pushed(Fields message) {
    List<AccountEvent> events = new ArrayList<>();
    for (Fields row : message.in("result").items()) {
      switch (message.text("channel")) {
        case "spot.orders", "futures.orders" ->
            known(row)
                .ifPresent(
                    instrument ->
                        // trades are told in a channel of their own, apart from orders
                        events.add(new OrderChanged(order(row, instrument), Optional.empty())));
        case "spot.balances" ->
            events.add(new BalanceChanged(row.text("currency"), row.number("total")));
        case "futures.balances" ->
            events.add(
                new BalanceChanged(
                    row.text("currency").toUpperCase(Locale.ROOT), row.number("balance")));
        case "futures.positions" ->
            known(row).ifPresent(instrument -> events.add(position(row, instrument)));
        default -> {}
      }
    }
    return events;
  }

  private OrderState order(Fields row, Instrument instrument) {
    return spot
        ? GateReading.toldSpotOrder(row, instrument)
        : GateReading.contractOrder(row, instrument);
  }

  private Optional<Instrument> known(Fields row) {
    return KnownInstrument.of(market.named(row.text(spot ? "currency_pair" : "contract")));
  }

  private static PositionChanged position(Fields row, Instrument instrument) {
    BigDecimal size = instrument.ofContracts(row.number("size"));
    return new PositionChanged(
        instrument.symbol(),
        switch (row.find("mode").orElse("")) {
          case "dual_long" -> PositionSide.LONG;
          case "dual_short" -> PositionSide.SHORT;
          default -> PositionSide.ofSize(size);
        },
        size.abs(),
        size.signum() == 0 ? BigDecimal.ZERO : row.number("entry_price"));
  }
}
