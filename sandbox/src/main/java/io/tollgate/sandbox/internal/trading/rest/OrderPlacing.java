package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import java.util.OptionalLong;

/** Places and cancels, with the line of each try. Confined to the event loop. */
final class OrderPlacing {
  private static final int SHOWN_CHARS = 16;

  private final Floor floor;
  private final RateLimits limits;
  private final OrderReading reading;

  OrderPlacing(Floor floor, RateLimits limits) {
    this.floor = floor;
    this.limits = limits;
    this.reading = new OrderReading(floor.instruments());
  }

  Order spot(Call call) {
    return place(call, Market.SPOT, reading.spot(call.params()));
  }

  Order futures(Call call) {
    return place(call, Market.FUTURES, reading.futures(call.params()));
  }

  private Order place(Call call, Market market, OrderRequest request) {
    limits.order(call, market, floor.clock().realMillis());
    TradingAccount account = call.account();
    Call.Twists twists = call.twists();
    return floor
        .desks()
        .place(
            account,
            request,
            twists.partial(),
            twists.steering(),
            number -> accepted(call, number));
  }

  AlgoOrder algo(Call call) {
    OrderRequest request = reading.algo(call.params());
    limits.order(call, Market.FUTURES, floor.clock().realMillis());
    return floor.desks().placeAlgo(call.account(), request, number -> accepted(call, number));
  }

  private Attempt accepted(Call call, long number) {
    call.note();
    return attempt(call, Attempt.Outcome.ACCEPTED, 0, OptionalLong.of(number));
  }

  /** Writes down a try that was refused. */
  void rejected(Call call, int code) {
    if (call.placesOrder() && !call.noted()) {
      call.note();
      floor.attempted(attempt(call, Attempt.Outcome.REJECTED, code, OptionalLong.empty()));
    }
  }

  /** Writes down a try that a fault stopped. */
  void lost(Call call) {
    if (call.placesOrder() && !call.noted()) {
      call.note();
      floor.attempted(attempt(call, Attempt.Outcome.LOST, 0, OptionalLong.empty()));
    }
  }

  private Attempt attempt(Call call, Attempt.Outcome outcome, int code, OptionalLong number) {
    return new Attempt(
        floor.clock().realMillis(),
        call.apiKey(),
        call.clientOrderId(),
        shown(call, "symbol"),
        shown(call, "side"),
        outcome,
        code,
        number);
  }

  private static String shown(Call call, String name) {
    String text = call.params().text(name).orElse("");
    return text.substring(0, Math.min(text.length(), SHOWN_CHARS));
  }

  void cancel(Call call, Order order) {
    floor.desks().cancel(call.account(), order, call.twists().late());
  }
}
