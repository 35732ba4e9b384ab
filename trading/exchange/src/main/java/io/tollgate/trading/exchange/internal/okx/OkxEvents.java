package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.BalanceChanged;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.AccountEvent.PositionChanged;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.internal.stream.KnownInstrument;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what OKX tells of an account. */
final class OkxEvents {
  private final OkxMarketData market;

  OkxEvents(OkxMarketData market) {
    this.market = market;
  }

  /** What a message of a channel tells. */
  List<AccountEvent> pushed(Fields message) {
    String channel = message.in("arg").text("channel");
    List<AccountEvent> events = new ArrayList<>();
    for (Fields row : message.in("data").items()) {
      switch (channel) {
        case "orders" ->
            known(row)
                .ifPresent(
                    instrument ->
                        events.add(
                            // fills are listed by an id that is not in this message
                            new OrderChanged(OkxReading.order(row, instrument), Optional.empty())));
        case "positions" ->
            known(row).ifPresent(instrument -> events.add(position(row, instrument)));
        case "account" ->
            row.in("details")
                .items()
                .forEach(
                    coin ->
                        events.add(new BalanceChanged(coin.text("ccy"), coin.number("cashBal"))));
        default -> {}
      }
    }
    return events;
  }

  private Optional<Instrument> known(Fields row) {
    return KnownInstrument.of(market.named(row.text("instId")));
  }

  private static PositionChanged position(Fields row, Instrument instrument) {
    BigDecimal size = instrument.ofContracts(row.findNumber("pos").orElse(BigDecimal.ZERO));
    return new PositionChanged(
        instrument.symbol(),
        switch (row.text("posSide")) {
          case "long" -> PositionSide.LONG;
          case "short" -> PositionSide.SHORT;
          default -> PositionSide.ofSize(size);
        },
        size.abs(),
        row.findNumber("avgPx").filter(_ -> size.signum() != 0).orElse(BigDecimal.ZERO));
  }
}
