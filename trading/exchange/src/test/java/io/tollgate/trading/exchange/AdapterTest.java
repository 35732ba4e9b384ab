package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.trading.exchange.Outcome.Accepted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An adapter against an exchange that speaks its protocol: what every one of them must be able to
 * do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdapterTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  private final Exchange exchange;
  private ExchangeSite site;
  private Exchanges exchanges;

  AdapterTest(Exchange exchange) {
    this.exchange = exchange;
  }

  abstract ExchangeSite open();

  @BeforeAll
  void start() {
    site = open();
    exchanges = site.process("127.0.0.1", ExchangeTimes.USUAL);
  }

  @AfterAll
  void stop() {
    exchanges.close();
    site.close();
  }

  ExchangeSite site() {
    return site;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void rules_and_prices_are_read(MarketType type) {
    MarketData market = exchanges.market(exchange, type);
    Instrument rules = value(market.instrument(BTC));
    assertThat(rules.tick()).isPositive();
    assertThat(rules.step()).isPositive();
    Ticker ticker = value(market.ticker(BTC));
    assertThat(ticker.bid()).isLessThan(ticker.ask());
    assertThat(market.instrument(Symbol.of("NONE/USDT"))).isInstanceOf(Outcome.Rejected.class);
    Instant now = value(market.time());
    assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
    if (type == MarketType.FUTURE) {
      assertThat(value(market.funding(BTC)).nextAt()).isAfter(ticker.at());
    }
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void an_order_is_placed_found_and_seen_in_fills_and_balances(MarketType type) {
    try (TradingAccount account = account(type)) {
      Orders orders = account.orders();
      Instant before = orders.exchangeTime();
      OrderRequest order = buy("market " + type, "0.01");
      OrderState placed = value(orders.place(order, soon(orders)));
      assertThat(placed.status()).isEqualTo(OrderStatus.FILLED);
      assertThat(placed.filled()).isEqualByComparingTo("0.01");
      assertThat(placed.averagePrice()).isPresent();
      assertThat(placed.is(order.id())).isTrue();
      assertThat(value(orders.find(BTC, order.id())).exchangeOrderId())
          .isEqualTo(placed.exchangeOrderId());
      List<Fill> fills = value(orders.fills(BTC, Optional.empty(), before.minusSeconds(60)));
      assertThat(fills).isNotEmpty();
      assertThat(fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("0.01");
      assertThat(fills.getFirst().fee()).isPositive();
      assertThat(value(orders.fills(BTC, Optional.of(fills.getLast().tradeId()), before)))
          .isEmpty();
      switch (type) {
        case SPOT ->
            assertThat(value(account.balances()))
                .anySatisfy(
                    balance -> {
                      assertThat(balance.currency()).isEqualTo("BTC");
                      assertThat(balance.total()).isEqualByComparingTo("0.00999");
                    });
        case FUTURE ->
            assertThat(value(account.positions()))
                .singleElement()
                .satisfies(
                    position -> {
                      assertThat(position.symbol()).isEqualTo(BTC);
                      assertThat(position.side()).isEqualTo(PositionSide.LONG);
                      assertThat(position.quantity()).isEqualByComparingTo("0.01");
                    });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void a_resting_order_is_listed_cancelled_and_not_open_any_more(MarketType type) {
    try (TradingAccount account = account(type)) {
      Orders orders = account.orders();
      Instrument rules = value(exchanges.market(exchange, type).instrument(BTC));
      BigDecimal last = value(exchanges.market(exchange, type).ticker(BTC)).last();
      BigDecimal price = rules.limitPrice(last.multiply(new BigDecimal("0.97")), Side.BUY);
      OrderRequest order =
          OrderRequest.limit(
              ClientOrderId.ofTask("resting " + type),
              BTC,
              Side.BUY,
              new BigDecimal("0.01"),
              price,
              PositionSide.NONE);
      assertThat(value(orders.place(order, soon(orders))).status()).isEqualTo(OrderStatus.OPEN);
      assertThat(value(orders.open(BTC))).singleElement().matches(open -> open.is(order.id()));
      OrderState cancelled = value(orders.cancel(BTC, order.id()));
      assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
      assertThat(cancelled.is(order.id())).isTrue();
      assertThat(orders.cancel(BTC, order.id())).isInstanceOf(Outcome.NotFound.class);
      assertThat(value(orders.open(BTC))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void refusals_say_why(MarketType type) {
    try (TradingAccount account = account(type)) {
      Orders orders = account.orders();
      assertThat(rejection(orders, buy("too small " + type, "0.000001")))
          .isIn(Rejection.MIN_NOTIONAL, Rejection.BAD_PRECISION);
      assertThat(rejection(orders, buy("too fine " + type, "0.0123456789")))
          .isEqualTo(Rejection.BAD_PRECISION);
      assertThat(rejection(orders, buy("too much " + type, "99")))
          .isEqualTo(Rejection.INSUFFICIENT_BALANCE);
      assertThat(orders.find(BTC, ClientOrderId.ofTask("never placed")))
          .isInstanceOf(Outcome.NotFound.class);
      assertThat(orders.place(buy("late " + type, "0.01"), Instant.EPOCH))
          .isInstanceOf(Outcome.SurelyNotDone.class);
    }
  }

  @Test
  void settings_of_contracts_are_made_once_and_are_no_change_afterwards() {
    try (TradingAccount account = account(MarketType.FUTURE)) {
      assertThat(account.setHedgeMode(true)).isInstanceOf(Accepted.class);
      assertThat(account.setHedgeMode(true))
          .isInstanceOfAny(Accepted.class, Outcome.NoChange.class);
      assertThat(account.setMarginMode(BTC, MarginMode.ISOLATED))
          .isInstanceOfAny(Accepted.class, Outcome.NoChange.class);
      assertThat(account.setMarginMode(BTC, MarginMode.ISOLATED))
          .isInstanceOf(Outcome.NoChange.class);
      assertThat(account.setLeverage(BTC, 7)).isInstanceOf(Accepted.class);
      Orders orders = account.orders();
      OrderRequest shorted =
          OrderRequest.market(
              ClientOrderId.ofTask("hedged"),
              BTC,
              Side.SELL,
              new BigDecimal("0.01"),
              PositionSide.SHORT);
      assertThat(value(orders.place(shorted, soon(orders))).status()).isEqualTo(OrderStatus.FILLED);
      assertThat(value(account.positions()))
          .singleElement()
          .matches(position -> position.side() == PositionSide.SHORT);
      assertThat(value(account.balances())).anyMatch(balance -> balance.currency().equals("USDT"));
    }
  }

  @Test
  void a_stop_and_a_target_wait_are_found_cancelled_and_close_what_there_is() {
    try (TradingAccount account = account(MarketType.FUTURE)) {
      Orders orders = account.orders();
      ConditionalOrders conditionals = account.conditionals();
      value(orders.place(buy("to be closed", "0.01"), soon(orders)));
      BigDecimal last = value(exchanges.market(exchange, MarketType.FUTURE).ticker(BTC)).last();
      Instrument rules = value(exchanges.market(exchange, MarketType.FUTURE).instrument(BTC));
      BigDecimal below = rules.limitPrice(last.multiply(new BigDecimal("0.9")), Side.BUY);
      BigDecimal above = rules.limitPrice(last.multiply(new BigDecimal("1.1")), Side.SELL);
      ConditionalRequest stop = closing("stop", ConditionalRequest.Kind.STOP, below);
      ConditionalRequest target = closing("target", ConditionalRequest.Kind.TARGET, above);
      assertThat(value(conditionals.place(stop)).is(stop.id())).isTrue();
      value(conditionals.place(target));
      assertThat(value(conditionals.waiting(BTC)))
          .hasSize(2)
          .allMatch(order -> order.side() == Side.SELL)
          .allMatch(order -> order.quantity().compareTo(new BigDecimal("0.01")) == 0)
          .allMatch(order -> order.status() == ConditionalOrder.Status.WAITING);
      assertThat(value(conditionals.find(BTC, target.id())).trigger()).isEqualByComparingTo(above);
      assertThat(conditionals.cancel(BTC, target.id())).isInstanceOf(Accepted.class);
      assertThat(value(conditionals.find(BTC, target.id())).status())
          .isEqualTo(ConditionalOrder.Status.CANCELLED);
      assertThat(conditionals.cancel(BTC, target.id())).isInstanceOf(Outcome.NotFound.class);
      assertThat(conditionals.find(BTC, ClientOrderId.ofTask("never placed")))
          .isInstanceOf(Outcome.NotFound.class);
      site.post(
          "price",
          "{\"symbol\":\"BTCUSDT\",\"price\":"
              + below.subtract(rules.tick()).toPlainString()
              + "}");
      try {
        await().atMost(Duration.ofSeconds(60)).until(() -> value(account.positions()).isEmpty());
        assertThat(value(conditionals.find(BTC, stop.id())).status())
            .isEqualTo(ConditionalOrder.Status.TRIGGERED);
        assertThat(value(conditionals.waiting(BTC))).isEmpty();
      } finally {
        site.post("price", "{\"symbol\":\"BTCUSDT\",\"price\":" + last.toPlainString() + "}");
      }
    }
  }

  private static ConditionalRequest closing(
      String task, ConditionalRequest.Kind kind, BigDecimal trigger) {
    return new ConditionalRequest(
        ClientOrderId.ofTask(task),
        BTC,
        Side.SELL,
        kind,
        new BigDecimal("0.01"),
        trigger,
        PositionSide.NONE);
  }

  @ParameterizedTest
  @EnumSource(MarketType.class)
  void fees_payments_for_holding_and_brackets_are_told(MarketType type) {
    try (TradingAccount account = account(type)) {
      AccountCosts costs = account.costs();
      TradingFees fees = value(costs.fees(BTC));
      assertThat(fees.taker()).isBetween(new BigDecimal("0.0001"), new BigDecimal("0.001"));
      assertThat(fees.maker()).isBetween(BigDecimal.ZERO, fees.taker());
      Instant before = account.orders().exchangeTime().minusSeconds(60);
      assertThat(value(costs.fundingPayments(before))).isEmpty();
      if (type == MarketType.SPOT) {
        assertThat(value(costs.leverageBrackets(BTC))).isEmpty();
        return;
      }
      List<LeverageBracket> brackets = value(costs.leverageBrackets(BTC));
      assertThat(brackets).isNotEmpty();
      assertThat(brackets).isSortedAccordingTo(Comparator.comparing(LeverageBracket::upTo));
      assertThat(brackets)
          .allSatisfy(
              bracket -> {
                assertThat(bracket.leverage()).isPositive();
                assertThat(bracket.maintenanceRate()).isPositive();
              });
      value(account.orders().place(buy("held " + type, "0.01"), soon(account.orders())));
      site.post("funding", "{\"symbol\":\"BTCUSDT\",\"rate\":0.001}");
      site.post("funding", "{\"symbol\":\"BTCUSDT\",\"rate\":-0.002}");
      List<FundingPayment> payments = value(costs.fundingPayments(before));
      assertThat(payments).extracting(FundingPayment::id).doesNotHaveDuplicates();
      assertThat(payments).extracting(FundingPayment::symbol).containsOnly(BTC);
      assertThat(payments).extracting(payment -> payment.amount().signum()).containsExactly(-1, 1);
      assertThat(payments.getLast().amount().abs())
          .isCloseTo(
              payments.getFirst().amount().abs().multiply(BigDecimal.TWO),
              Percentage.withPercentage(5));
    }
  }

  @Test
  void a_key_that_is_wrong_is_told_apart() {
    ExchangeSite.Keys real = site.accounts(1).getFirst();
    ExchangeSite.Keys wrong = new ExchangeSite.Keys(real.apiKey(), "not the secret");
    try (TradingAccount account =
        exchanges.account(exchange, MarketType.SPOT, "wrong", wrong.open())) {
      assertThat(account.balances()).isInstanceOf(Outcome.AuthFailed.class);
    }
  }

  private static Rejection rejection(Orders orders, OrderRequest order) {
    Outcome<OrderState> outcome = orders.place(order, soon(orders));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    return ((Outcome.Rejected<OrderState>) outcome).code();
  }

  private static OrderRequest buy(String task, String quantity) {
    return OrderRequest.market(
        ClientOrderId.ofTask(task), BTC, Side.BUY, new BigDecimal(quantity), PositionSide.NONE);
  }

  private static Instant soon(Orders orders) {
    return orders.exchangeTime().plus(orders.window());
  }

  TradingAccount account(MarketType type) {
    ExchangeSite.Keys keys = site.accounts(1).getFirst();
    return exchanges.account(exchange, type, keys.apiKey(), keys.open());
  }

  static <T> T value(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted<T>) outcome).value();
  }
}
