package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InstrumentTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final Instrument SWAP =
      new Instrument(
          BTC,
          "BTC-USDT-SWAP",
          MarketType.FUTURE,
          new BigDecimal("0.01"),
          new BigDecimal("0.1"),
          new BigDecimal("0.0001"),
          new BigDecimal("0.001"),
          new BigDecimal("0.0001"),
          Optional.of(new BigDecimal("100")),
          Optional.of(new BigDecimal("10")),
          new BigDecimal("5"),
          true);

  @Test
  void quantities_go_down_to_the_step_of_their_kind_and_stop_at_the_largest() {
    assertThat(SWAP.quantity(new BigDecimal("0.00019999"), OrderType.LIMIT))
        .isEqualByComparingTo("0.0001");
    assertThat(SWAP.quantity(new BigDecimal("0.00199"), OrderType.MARKET))
        .isEqualByComparingTo("0.001");
    assertThat(SWAP.quantity(new BigDecimal("0.00009"), OrderType.LIMIT)).isEqualByComparingTo("0");
    assertThat(SWAP.quantity(new BigDecimal("55"), OrderType.MARKET)).isEqualByComparingTo("10");
    assertThat(SWAP.quantity(new BigDecimal("-1"), OrderType.MARKET)).isEqualByComparingTo("0");
  }

  @Test
  void a_limit_price_goes_to_the_tick_away_from_the_market() {
    assertThat(SWAP.limitPrice(new BigDecimal("50000.19"), Side.BUY))
        .isEqualByComparingTo("50000.1");
    assertThat(SWAP.limitPrice(new BigDecimal("50000.11"), Side.SELL))
        .isEqualByComparingTo("50000.2");
    assertThat(SWAP.limitPrice(new BigDecimal("50000.1"), Side.SELL))
        .isEqualByComparingTo("50000.1");
  }

  @Test
  void what_an_exchange_would_refuse_is_seen_before() {
    assertThat(refusal("0.00015", "50000")).contains(Rejection.BAD_PRECISION);
    assertThat(refusal("0.0001", "50000.05")).contains(Rejection.BAD_PRECISION);
    assertThat(refusal("0.0001", "49999.9")).contains(Rejection.MIN_NOTIONAL);
    assertThat(refusal("0.0001", "50000")).isEmpty();
    assertThat(refusal("101", "50000")).contains(Rejection.REJECTED);
  }

  @Test
  void quantities_become_contracts_and_back_exactly() {
    assertThat(SWAP.contracts(new BigDecimal("0.0123"))).isEqualByComparingTo("1.23");
    assertThat(SWAP.ofContracts(new BigDecimal("1.23"))).isEqualByComparingTo("0.0123");
  }

  private static Optional<Rejection> refusal(String quantity, String price) {
    return SWAP.refusal(
        OrderRequest.limit(
            ClientOrderId.ofTask("1"),
            BTC,
            Side.BUY,
            new BigDecimal(quantity),
            new BigDecimal(price),
            PositionSide.LONG),
        new BigDecimal("50000"));
  }
}
