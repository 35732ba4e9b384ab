package io.tollgate.sandbox.internal.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.OrderStatus;
import io.tollgate.sandbox.internal.trading.book.OrderType;
import io.tollgate.sandbox.internal.trading.book.PartialFill;
import io.tollgate.sandbox.internal.trading.book.PositionSide;
import io.tollgate.sandbox.internal.trading.book.Side;
import io.tollgate.sandbox.internal.trading.book.TimeInForce;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a journal that is damaged, large, or has something to be done later. */
class JournalRulesTest {
  private static final ExchangeKeys KEYS = new ExchangeKeys("journal-key-1", "journal-secret-1");
  private static final BigDecimal USDT = new BigDecimal(50_000);

  @TempDir private Path dir;

  private long real = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  @Test
  void whole_lines_that_lack_fields_are_told_of_and_touch_nothing() throws IOException {
    Floor floor = open();
    TradingAccount account = new MarketSteering(floor).account(KEYS, USDT);
    place(floor, account, "before", UnaryOperator.identity());
    BigDecimal balance = account.futures().balance();
    floor.close();
    long lines = Files.readAllLines(journal()).size();
    Files.writeString(
        journal(),
        "{\"step\":{\"key\":\"journal-key-1\",\"spot\":{\"USDT\":[\"1\",\"0\"]}}}\n"
            + "{\"attempt\":{\"real\":1}}\n"
            + "{\"step\":{\"key\":\"nobody\"}}\n"
            + "{\"steered\":{\"price\":{}}}\n",
        StandardOpenOption.APPEND);
    Floor again = open();
    assertThat(again.unreadableLines()).containsExactly(lines + 1, lines + 2, lines + 3, lines + 4);
    TradingAccount same = again.account(KEYS.apiKey()).orElseThrow();
    assertThat(same.futures().balance()).isEqualByComparingTo(balance);
    assertThat(same.spot().of("USDT").free()).isEqualByComparingTo(USDT);
    assertThat(same.settledTo()).isEqualTo(real);
    assertThat(again.witness().accepted()).isEqualTo(1);
    place(again, same, "afterwards", UnaryOperator.identity());
    again.close();
  }

  @Test
  void the_rest_of_an_order_is_filled_by_the_next_process_when_its_time_comes() throws IOException {
    Floor floor = open();
    TradingAccount account = new MarketSteering(floor).account(KEYS, USDT);
    long later = real + 5_000;
    Order order = place(floor, account, "in-part", before -> before.restFills(later));
    assertThat(order.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    floor.close();
    Floor again = open();
    TradingAccount same = again.account(KEYS.apiKey()).orElseThrow();
    Order restored = same.orders(Market.FUTURES).find(order.id()).orElseThrow();
    again.desks().fillRests();
    assertThat(restored.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    real = later;
    again.desks().fillRests();
    assertThat(restored.status()).isEqualTo(OrderStatus.FILLED);
    again.close();
  }

  @Test
  void a_large_journal_gives_way_to_the_state_and_tells_the_same() throws IOException {
    Floor floor = open();
    TradingAccount account = new MarketSteering(floor).account(KEYS, USDT);
    for (int number = 0; number < 200; number++) {
      real += 1_000;
      place(floor, account, "own-1", UnaryOperator.identity());
    }
    long grown = Files.size(journal());
    BigDecimal balance = account.futures().balance();
    floor.close();
    Floor bounded = Floor.open(() -> Instant.ofEpochMilli(real), dir, 1);
    bounded.compactLog();
    assertThat(Files.size(journal())).isLessThan(grown);
    bounded.close();
    Floor again = open();
    TradingAccount same = again.account(KEYS.apiKey()).orElseThrow();
    assertThat(same.futures().balance()).isEqualByComparingTo(balance);
    assertThat(same.trades(Market.FUTURES).stream()).hasSize(200);
    assertThat(again.witness().accepted()).isEqualTo(200);
    assertThat(again.witness().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.getValue().accepted()).isEqualTo(200));
    assertThat(again.unreadableLines()).isEmpty();
    again.close();
  }

  private Path journal() {
    return dir.resolve("orders.log");
  }

  private Floor open() throws IOException {
    return Floor.open(() -> Instant.ofEpochMilli(real), dir);
  }

  private static Order place(
      Floor floor, TradingAccount account, String ownId, UnaryOperator<Order.Steering> steering) {
    boolean natural = steering.apply(Order.Steering.NONE).equals(Order.Steering.NONE);
    Instrument bitcoin = floor.instruments().find(Market.FUTURES, "BTCUSDT").orElseThrow();
    OrderRequest request =
        new OrderRequest(
            bitcoin,
            Side.BUY,
            PositionSide.BOTH,
            OrderType.MARKET,
            TimeInForce.GTC,
            Optional.of(new BigDecimal("0.004")),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ownId),
            false,
            Optional.empty(),
            false);
    return floor
        .desks()
        .place(
            account,
            request,
            natural
                ? PartialFill.NONE
                : new PartialFill(new BigDecimal("0.5"), PartialFill.Then.REST),
            steering,
            number ->
                new Attempt(
                    0,
                    account.apiKey(),
                    ownId,
                    "BTCUSDT",
                    "BUY",
                    Attempt.Outcome.ACCEPTED,
                    0,
                    OptionalLong.of(number)));
  }
}
