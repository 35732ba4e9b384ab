package io.tollgate.sandbox.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.binance.BinanceExchange;
import org.knowm.xchange.binance.dto.BinanceException;
import org.knowm.xchange.binance.dto.ExchangeType;
import org.knowm.xchange.binance.dto.trade.BinanceCancelOrderParams;
import org.knowm.xchange.binance.dto.trade.BinanceTradeHistoryParams;
import org.knowm.xchange.currency.Currency;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.derivative.FuturesContract;
import org.knowm.xchange.dto.Order;
import org.knowm.xchange.dto.account.OpenPosition;
import org.knowm.xchange.dto.trade.LimitOrder;
import org.knowm.xchange.dto.trade.MarketOrder;
import org.knowm.xchange.instrument.Instrument;
import org.knowm.xchange.service.trade.TradeService;
import org.knowm.xchange.service.trade.params.orders.DefaultOpenOrdersParamInstrument;
import org.knowm.xchange.service.trade.params.orders.DefaultQueryOrderParamInstrument;

/** XChange, a library that trades on the real exchange, with nothing but the host replaced. */
@Tag("slow")
class XChangeTest {
  @RegisterExtension static final ExchangeSite SITE = new ExchangeSite();

  private static final CurrencyPair PAIR = CurrencyPair.BTC_USDT;
  private static final FuturesContract PERPETUAL = new FuturesContract(PAIR, "PERP");

  private ExchangeClient account = SITE.account();

  @BeforeEach
  void open() {
    account = SITE.account();
    account.steer("price", "{\"symbol\":\"BTCUSDT\",\"price\":50000}");
  }

  @Test
  void the_spot_market_is_traded_from_loading_to_balances() throws IOException {
    BinanceExchange exchange = exchange(ExchangeType.SPOT);
    assertThat(exchange.getExchangeMetaData().getInstruments().get(PAIR).getPriceScale())
        .isEqualTo(2);
    assertThat(exchange.getMarketDataService().getTicker((Instrument) PAIR).getBid())
        .isEqualByComparingTo("50000");
    TradeService trades = exchange.getTradeService();
    String bought = trades.placeMarketOrder(market(PAIR));
    assertThat(order(trades, bought, PAIR).getCumulativeAmount()).isEqualByComparingTo("0.01");
    String resting = trades.placeLimitOrder(limit(PAIR));
    assertThat(trades.getOpenOrders(new DefaultOpenOrdersParamInstrument(PAIR)).getOpenOrders())
        .extracting(LimitOrder::getId)
        .containsExactly(resting);
    assertThat(trades.cancelOrder(new BinanceCancelOrderParams(PAIR, resting, null))).isTrue();
    assertThat(order(trades, resting, PAIR).getStatus()).isEqualTo(Order.OrderStatus.CANCELED);
    assertThat(trades.getTradeHistory(new BinanceTradeHistoryParams(PAIR)).getUserTrades())
        .hasSize(1);
    assertThat(
            exchange
                .getAccountService()
                .getAccountInfo()
                .getWallet("spot")
                .getBalance(Currency.BTC)
                .getTotal())
        .isEqualByComparingTo("0.00999");
  }

  @Test
  void futures_are_traded_from_loading_to_positions() throws IOException {
    BinanceExchange exchange = exchange(ExchangeType.FUTURES);
    assertThat(exchange.getExchangeMetaData().getInstruments().get(PERPETUAL).getMinimumAmount())
        .isEqualByComparingTo("0.001");
    assertThat(exchange.getMarketDataService().getFundingRate(PERPETUAL).getFundingRate())
        .isEqualByComparingTo("0.0001");
    TradeService trades = exchange.getTradeService();
    String bought = trades.placeMarketOrder(market(PERPETUAL));
    assertThat(order(trades, bought, PERPETUAL).getCumulativeAmount()).isEqualByComparingTo("0.01");
    List<OpenPosition> positions = trades.getOpenPositions().getOpenPositions();
    assertThat(positions).hasSize(1);
    assertThat(positions.getFirst().getSize()).isEqualByComparingTo("0.01");
    assertThat(positions.getFirst().getType()).isEqualTo(OpenPosition.Type.LONG);
    String resting = trades.placeLimitOrder(limit(PERPETUAL));
    assertThat(
            trades.getOpenOrders(new DefaultOpenOrdersParamInstrument(PERPETUAL)).getOpenOrders())
        .hasSize(1);
    assertThat(trades.cancelOrder(new BinanceCancelOrderParams(PERPETUAL, resting, null))).isTrue();
    BinanceTradeHistoryParams history = new BinanceTradeHistoryParams();
    history.setInstrument(PERPETUAL);
    assertThat(trades.getTradeHistory(history).getUserTrades()).hasSize(1);
    assertThat(
            exchange
                .getAccountService()
                .getAccountInfo()
                .getWallet("futures")
                .getBalance(Currency.USDT))
        .isNotNull();
  }

  @Test
  void a_refusal_is_understood() {
    BinanceExchange exchange = exchange(ExchangeType.FUTURES);
    MarketOrder tooLarge =
        new MarketOrder.Builder(Order.OrderType.BID, PERPETUAL)
            .originalAmount(new BigDecimal(100))
            .build();
    assertThatThrownBy(() -> exchange.getTradeService().placeMarketOrder(tooLarge))
        .rootCause()
        .isInstanceOf(BinanceException.class)
        .hasMessageContaining("Margin is insufficient.");
  }

  private BinanceExchange exchange(ExchangeType type) {
    BinanceExchange exchange =
        new BinanceExchange() {
          @Override
          protected void concludeHostParams(ExchangeSpecification specification) {
            specification.setSslUri(SITE.url());
          }
        };
    ExchangeSpecification specification = exchange.getDefaultExchangeSpecification();
    specification.setApiKey(account.apiKey());
    specification.setSecretKey(account.apiSecret());
    specification.setExchangeSpecificParametersItem(BinanceExchange.EXCHANGE_TYPE, type);
    exchange.applySpecification(specification);
    return exchange;
  }

  private static Order order(TradeService trades, String id, Instrument instrument)
      throws IOException {
    return trades.getOrder(new DefaultQueryOrderParamInstrument(instrument, id)).iterator().next();
  }

  private static MarketOrder market(Instrument instrument) {
    return new MarketOrder.Builder(Order.OrderType.BID, instrument)
        .originalAmount(new BigDecimal("0.01"))
        .build();
  }

  private static LimitOrder limit(Instrument instrument) {
    return new LimitOrder.Builder(Order.OrderType.BID, instrument)
        .originalAmount(new BigDecimal("0.01"))
        .limitPrice(new BigDecimal("40000"))
        .build();
  }
}
