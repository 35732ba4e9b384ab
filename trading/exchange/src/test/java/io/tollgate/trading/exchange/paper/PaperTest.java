package io.tollgate.trading.exchange.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeSite;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class PaperTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");

  private final ExchangeSite site = ExchangeSite.standIn(ExchangeStandIn.okx(0));
  private final Exchanges exchanges = site.process("127.0.0.1", ExchangeTimes.USUAL);
  private final List<PaperState> kept = new ArrayList<>();

  @AfterEach
  void stop() {
    exchanges.close();
    site.close();
  }

  @Test
  void spot_is_bought_at_the_ask_and_sold_at_the_bid_and_costs_the_stated_fee() {
    PaperAccount account = account(MarketType.SPOT, PaperState.with(new BigDecimal("10000")));
    OrderState bought = place(account, "buy", Side.BUY, "0.1", PositionSide.NONE);
    assertThat(bought.averagePrice()).hasValueSatisfying(at("50000.1"));
    assertThat(account.state().coins().get("BTC")).isEqualByComparingTo("0.0999");
    assertThat(account.state().coins().get("USDT")).isEqualByComparingTo("4999.99");
    OrderState sold = place(account, "sell", Side.SELL, "0.0999", PositionSide.NONE);
    assertThat(sold.averagePrice()).hasValueSatisfying(at("50000"));
    // 4999.99 + 4995 − 4.995
    assertThat(account.state().coins().get("USDT")).isEqualByComparingTo("9989.995");
    assertThat(value(account.orders().fills(BTC, Optional.empty(), Instant.EPOCH))).hasSize(2);
  }

  @Test
  void a_contract_is_opened_and_closed_with_its_gain_and_both_fees() {
    PaperAccount account = account(MarketType.FUTURE, PaperState.with(new BigDecimal("10000")));
    account.setHedgeMode(true);
    account.setLeverage(BTC, 10);
    place(account, "short", Side.SELL, "1", PositionSide.SHORT);
    assertThat(value(account.positions()))
        .singleElement()
        .matches(position -> position.side() == PositionSide.SHORT);
    site.post("price", "{\"symbol\":\"BTCUSDT\",\"price\":49000}");
    place(account, "cover", Side.BUY, "1", PositionSide.SHORT);
    assertThat(value(account.positions())).isEmpty();
    // 50000 − 49000.1 − 0.0004 × (50000 + 49000.1)
    assertThat(account.state().coins().get("USDT")).isEqualByComparingTo("10960.29996");
  }

  @Test
  void a_resting_order_fills_at_its_own_price_once_it_is_touched() {
    PaperAccount account = account(MarketType.SPOT, PaperState.with(new BigDecimal("10000")));
    ClientOrderId id = ClientOrderId.ofTask("resting");
    OrderRequest order =
        OrderRequest.limit(
            id, BTC, Side.BUY, new BigDecimal("0.1"), new BigDecimal("45000"), PositionSide.NONE);
    assertThat(value(account.orders().place(order, soon(account))).status())
        .isEqualTo(OrderStatus.OPEN);
    assertThat(account.orders().place(order, soon(account))).isInstanceOf(Outcome.Duplicate.class);
    assertThat(value(account.orders().open(BTC))).hasSize(1);
    site.post("price", "{\"symbol\":\"BTCUSDT\",\"price\":44000}");
    assertThat(value(account.orders().find(BTC, id)).averagePrice())
        .hasValueSatisfying(at("45000"));
    assertThat(account.orders().cancel(BTC, id)).isInstanceOf(Outcome.NotFound.class);
  }

  @Test
  void more_than_there_is_is_refused() {
    PaperAccount account = account(MarketType.SPOT, PaperState.with(new BigDecimal("100")));
    assertThat(
            account
                .orders()
                .place(
                    OrderRequest.market(
                        ClientOrderId.ofTask("much"),
                        BTC,
                        Side.BUY,
                        BigDecimal.ONE,
                        PositionSide.NONE),
                    soon(account)))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void a_state_survives_as_text_and_one_that_could_not_be_kept_does_not_count() {
    PaperAccount account = account(MarketType.FUTURE, PaperState.with(new BigDecimal("10000")));
    account.setLeverage(BTC, 20);
    place(account, "long", Side.BUY, "0.5", PositionSide.NONE);
    JsonMapper json = new JsonMapper();
    PaperState again = json.readValue(json.writeValueAsString(account.state()), PaperState.class);
    assertThat(again).isEqualTo(account.state()).isEqualTo(kept.getLast());
    PaperAccount failing =
        new PaperAccount(
            MarketType.FUTURE,
            exchanges.market(Exchange.OKX, MarketType.FUTURE),
            PaperTerms.FUTURES,
            again,
            _ -> {
              throw new IllegalStateException("disk full");
            },
            InstantSource.system());
    assertThatThrownBy(() -> place(failing, "more", Side.BUY, "0.1", PositionSide.NONE))
        .hasMessage("disk full");
    assertThat(failing.state()).isEqualTo(again);
  }

  private PaperAccount account(MarketType type, PaperState state) {
    return new PaperAccount(
        type,
        exchanges.market(Exchange.OKX, type),
        type == MarketType.SPOT ? PaperTerms.SPOT : PaperTerms.FUTURES,
        state,
        kept::add,
        InstantSource.system());
  }

  private static OrderState place(
      PaperAccount account, String task, Side side, String quantity, PositionSide position) {
    return value(
        account
            .orders()
            .place(
                OrderRequest.market(
                    ClientOrderId.ofTask(task), BTC, side, new BigDecimal(quantity), position),
                soon(account)));
  }

  private static Instant soon(PaperAccount account) {
    return account.orders().exchangeTime().plusSeconds(5);
  }

  private static Consumer<BigDecimal> at(String price) {
    return actual -> assertThat(actual).isEqualByComparingTo(price);
  }

  private static <T> T value(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    return ((Accepted<T>) outcome).value();
  }
}
