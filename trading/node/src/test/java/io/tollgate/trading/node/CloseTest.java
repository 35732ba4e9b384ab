package io.tollgate.trading.node;

import static io.tollgate.trading.node.NodeCaller.request;
import static io.tollgate.trading.node.NodeCaller.signal;
import static io.tollgate.trading.node.NodeCaller.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalRequest;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.TradingKey;
import io.tollgate.trading.exchange.WayOut;
import io.tollgate.trading.node.SimulatedExchange.Keys;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Positions are closed once, and what accounts hold is told. */
class CloseTest {
  @TempDir private static Path folder;
  private static SimulatedExchange exchange;
  private static ExecutionNode node;
  private static NodeCaller caller;
  private static List<Keys> keys;

  @BeforeAll
  static void open() {
    exchange = new SimulatedExchange(folder.resolve("exchange"));
    keys = exchange.accounts(5);
    node = NodeSite.node(exchange, folder.resolve("node"));
    caller = new NodeCaller(node.port());
  }

  @AfterAll
  static void close() {
    node.close();
    exchange.close();
  }

  private static JsonNode opened(String id, int account, String side) {
    JsonNode result =
        caller
            .execute(signal("SIG" + id, side), task(id, account, keys.get(account)))
            .path("results")
            .get(0);
    assertThat(result.path("status").stringValue()).as(result.toString()).isEqualTo("FILLED");
    return result;
  }

  private static JsonNode positions(int account) {
    return caller
        .answer("sync-positions", request(task("", account, keys.get(account))))
        .path("results")
        .get(0)
        .path("positions");
  }

  private static ObjectNode flat(int account) {
    ObjectNode body = task("", account, keys.get(account));
    return body.put("symbol", "BTC/USDT").put("side", "SELL").put("trigger_type", "SL");
  }

  @Test
  void the_flat_body_closes_the_whole_position_and_its_replay_closes_nothing() {
    JsonNode open = opened("long-0", 0, "BUY");
    JsonNode held = positions(0);
    assertThat(held).hasSize(1);
    assertThat(held.get(0).path("position_side").stringValue()).isEqualTo("LONG");
    assertThat(held.get(0).path("symbol").stringValue()).isEqualTo("BTC/USDT");
    BigDecimal amount =
        open.path("filled_quantity")
            .decimalValue()
            .multiply(open.path("filled_price").decimalValue());
    ObjectNode body = flat(0).put("amount_usdt", amount);
    JsonNode first = caller.answer("close-position", body).path("results").get(0);
    assertThat(first.path("success").booleanValue()).as(first.toString()).isTrue();
    assertThat(first.path("filled_quantity").decimalValue())
        .isEqualByComparingTo(open.path("filled_quantity").decimalValue());
    assertThat(positions(0)).isEmpty();
    JsonNode second = caller.answer("close-position", body).path("results").get(0);
    assertThat(second.path("error_code").stringValue()).isEqualTo("NO_POSITION");
    assertThat(positions(0)).isEmpty();
  }

  @Test
  void a_position_with_an_id_is_closed_once_for_a_reason_whoever_asks_again() {
    opened("long-1", 1, "BUY");
    ObjectNode body = flat(1).put("position_id", "POS-1");
    JsonNode first = caller.answer("close-position", body).path("results").get(0);
    opened("long-1-again", 1, "BUY");
    JsonNode second = caller.answer("close-position", body).path("results").get(0);
    assertThat(second).isEqualTo(first);
    assertThat(positions(1)).hasSize(1);
  }

  @Test
  void a_quantity_wins_over_the_amount_and_closes_a_part() {
    JsonNode open = opened("short-2", 2, "SELL");
    ObjectNode part =
        task("part", 2, keys.get(2))
            .put("symbol", "BTCUSDT")
            .put("side", "SHORT")
            .put("quantity", "0.002")
            .put("amount_usdt", 100_000);
    JsonNode result = caller.answer("close-position", request(part)).path("results").get(0);
    assertThat(result.path("filled_quantity").decimalValue()).isEqualByComparingTo("0.002");
    JsonNode left = positions(2);
    assertThat(left.get(0).path("position_side").stringValue()).isEqualTo("SHORT");
    assertThat(left.get(0).path("quantity").decimalValue())
        .isEqualByComparingTo(
            open.path("filled_quantity").decimalValue().subtract(new BigDecimal("0.002")));
  }

  @Test
  void balances_and_trades_are_told_for_each_account() {
    String before = Instant.now().minusSeconds(60).toString();
    JsonNode open = opened("long-3", 3, "BUY");
    ObjectNode wrong = task("", 9, new Keys("nobody", "nothing"));
    JsonNode balances =
        caller.answer("sync-balance", request(task("", 3, keys.get(3)), wrong)).path("results");
    JsonNode row = balances.get(0);
    assertThat(row.path("success").booleanValue()).as(row.toString()).isTrue();
    assertThat(row.path("account_id").longValue()).isEqualTo(3);
    assertThat(row.path("tenant_id").longValue()).isEqualTo(1);
    assertThat(row.path("balance").decimalValue())
        .isBetween(new BigDecimal("99000"), new BigDecimal("100000"));
    assertThat(row.path("equity").decimalValue())
        .isEqualByComparingTo(
            row.path("balance").decimalValue().add(row.path("unrealized_pnl").decimalValue()));
    assertThat(row.path("margin_used").decimalValue()).isPositive();
    assertThat(balances.get(1).path("success").booleanValue()).isFalse();
    assertThat(balances.get(1).path("error_code").stringValue()).isEqualTo("AUTH_FAILED");
    ObjectNode asked = request(task("", 3, keys.get(3)));
    asked.put("symbol", "BTC/USDT").put("since", before);
    JsonNode trades = caller.answer("sync-trades", asked).path("results").get(0);
    assertThat(trades.path("more").booleanValue()).isFalse();
    assertThat(trades.path("trades").get(0).path("exchange_order_id"))
        .isEqualTo(open.path("order_id"));
  }

  @Test
  void our_orders_that_wait_for_a_price_are_taken_back() {
    JsonNode open = opened("long-waits", 4, "BUY");
    ClientOrderId id = ClientOrderId.ofTask("the stop");
    Vertx vertx = Vertx.vertx();
    try (Exchanges exchanges =
            new Exchanges(
                vertx,
                ExchangeAddresses.allAt(URI.create(exchange.url())),
                ExchangeTimes.USUAL,
                WayOut.DIRECT,
                InstantSource.system());
        TradingAccount account =
            exchanges.account(
                Exchange.BINANCE,
                MarketType.FUTURE,
                "account 4",
                TradingKey.of(
                    keys.get(4).apiKey().toCharArray(),
                    keys.get(4).secret().toCharArray(),
                    Optional.empty()))) {
      Symbol symbol = Symbol.of("BTC/USDT");
      var placed =
          account
              .conditionals()
              .place(
                  new ConditionalRequest(
                      id,
                      symbol,
                      Side.SELL,
                      ConditionalRequest.Kind.STOP,
                      open.path("filled_quantity").decimalValue(),
                      new BigDecimal("100"),
                      PositionSide.LONG));
      assertThat(placed).isInstanceOf(Outcome.Accepted.class);
      ObjectNode asked = request(task("", 4, keys.get(4)));
      asked.put("symbol", "BTC/USDT");
      JsonNode row = caller.answer("cancel-conditionals", asked).path("results").get(0);
      assertThat(row.path("success").booleanValue()).as(row.toString()).isTrue();
      assertThat(row.path("cancelled").toString()).isEqualTo("[\"" + id.text() + "\"]");
      assertThat(row.path("others").intValue()).isZero();
      assertThat(account.conditionals().waiting(symbol))
          .isEqualTo(new Outcome.Accepted<>(List.of()));
      JsonNode again = caller.answer("cancel-conditionals", asked).path("results").get(0);
      assertThat(again.path("cancelled").toString()).isEqualTo("[]");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Test
  void a_spot_account_buys_and_closes_what_it_holds() {
    ObjectNode buyer = task("spot-buy", 3, keys.get(3)).put("market_type", "spot");
    JsonNode bought = caller.execute(signal("SPOT", "BUY"), buyer).path("results").get(0);
    assertThat(bought.path("status").stringValue()).as(bought.toString()).isEqualTo("FILLED");
    JsonNode sold =
        caller.answer("close-position", flat(3).put("market_type", "spot")).path("results").get(0);
    assertThat(sold.path("status").stringValue()).as(sold.toString()).isEqualTo("FILLED");
    assertThat(sold.path("filled_quantity").decimalValue())
        .isLessThanOrEqualTo(bought.path("filled_quantity").decimalValue());
  }
}
