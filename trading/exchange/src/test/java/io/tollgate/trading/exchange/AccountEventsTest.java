package io.tollgate.trading.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.trading.exchange.AccountEvent.BalanceChanged;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.AccountEvent.PositionChanged;
import io.tollgate.trading.exchange.Outcome.Accepted;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What exchanges tell of accounts by themselves, over real sockets that break. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccountEventsTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final BigDecimal QUANTITY = new BigDecimal("0.01");

  @TempDir private static Path folder;

  private final Map<Exchange, ExchangeSite> sites = new EnumMap<>(Exchange.class);

  @AfterAll
  void stop() {
    sites.values().forEach(ExchangeSite::close);
  }

  private ExchangeSite site(Exchange exchange) {
    return sites.computeIfAbsent(
        exchange,
        _ ->
            switch (exchange) {
              case BINANCE -> ExchangeSite.binance(folder);
              case OKX -> ExchangeSite.standIn(ExchangeStandIn.okx(0));
              case GATE -> ExchangeSite.standIn(ExchangeStandIn.gate(0));
              case PAPER -> throw new IllegalArgumentException("paper is nowhere");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "BINANCE,SPOT",
    "BINANCE,FUTURE",
    "OKX,SPOT",
    "OKX,FUTURE",
    "GATE,SPOT",
    "GATE,FUTURE"
  })
  void orders_balances_and_positions_are_told_and_a_gap_after_each_interruption(
      Exchange exchange, MarketType type) throws InterruptedException {
    ToldEvents told = new ToldEvents();
    try (Exchanges process = site(exchange).process("127.0.0.1", ExchangeTimes.USUAL);
        TradingAccount account = account(process, exchange, type);
        EventStream _ = account.events(told)) {
      assertThat(told.first()).isInstanceOf(Gap.class);
      ClientOrderId bought = place(account, "told", Side.BUY);
      OrderChanged filled =
          told.next(OrderChanged.class, event -> event.order().status() == OrderStatus.FILLED);
      assertThat(filled.order().is(bought)).isTrue();
      assertThat(filled.order().filled()).isEqualByComparingTo(QUANTITY);
      assertThat(filled.order().averagePrice()).isPresent();
      assertThat(filled.fill().isPresent()).isEqualTo(exchange == Exchange.BINANCE);
      site(exchange).post("faults", "{\"action\":\"drop_ws\",\"ms\":300}");
      told.next(Gap.class);
      ClientOrderId sold = place(account, "told again", Side.SELL);
      assertThat(
              told.next(OrderChanged.class, event -> event.order().status() == OrderStatus.FILLED)
                  .order()
                  .is(sold))
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Exchange.class,
      names = {"BINANCE", "OKX", "GATE"})
  void a_fill_changes_what_is_told_of_coins_and_positions(Exchange exchange)
      throws InterruptedException {
    for (MarketType type : MarketType.values()) {
      ToldEvents coins = new ToldEvents();
      ToldEvents positions = new ToldEvents();
      try (Exchanges process = site(exchange).process("127.0.0.1", ExchangeTimes.USUAL);
          TradingAccount account = account(process, exchange, type);
          EventStream _ =
              account.events(
                  event -> {
                    coins.accept(event);
                    positions.accept(event);
                  })) {
        assertThat(coins.first()).isInstanceOf(Gap.class);
        place(account, "coins " + type, Side.BUY);
        switch (type) {
          case SPOT ->
              // the fee of 0.1 % is paid in the coin
              coins.next(
                  BalanceChanged.class,
                  told ->
                      told.currency().equals("BTC")
                          && told.total().compareTo(new BigDecimal("0.00999")) == 0);
          case FUTURE -> {
            coins.next(
                BalanceChanged.class,
                told ->
                    told.currency().equals("USDT")
                        && told.total().compareTo(new BigDecimal("100000")) < 0);
            positions.next(
                PositionChanged.class,
                told ->
                    told.symbol().equals(BTC)
                        && told.side() == PositionSide.LONG
                        && told.quantity().compareTo(QUANTITY) == 0
                        && told.entryPrice().signum() > 0);
            place(account, "closed", Side.SELL);
            positions.next(
                PositionChanged.class,
                told -> told.side() == PositionSide.NONE && told.quantity().signum() == 0);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Exchange.class,
      names = {"OKX", "GATE"})
  void a_stream_is_pinged_and_one_that_falls_silent_is_opened_anew(Exchange exchange)
      throws InterruptedException {
    ExchangeTimes times =
        new ExchangeTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMinutes(30));
    ToldEvents told = new ToldEvents();
    ExchangeSite site = site(exchange);
    try (Exchanges process = site.process("127.0.0.1", times);
        TradingAccount account = account(process, exchange, MarketType.FUTURE);
        EventStream _ = account.events(told)) {
      assertThat(told.first()).isInstanceOf(Gap.class);
      long before = site.told("sockets").path("messages").asLong();
      // nobody but this stream says anything
      waitFor(() -> site.told("sockets").path("messages").asLong() >= before + 3);
      long opened = site.post("sockets", "{\"mute_ms\":600000}").path("opened").asLong();
      told.next(Gap.class);
      assertThat(site.told("sockets").path("opened").asLong()).isGreaterThan(opened);
      // a machine that stands still for longer than the silence opens it anew once more
      boolean heard = false;
      for (int attempt = 1; !heard && attempt <= 20; attempt++) {
        ClientOrderId id = place(account, "heard again " + attempt, Side.BUY);
        heard = told.within(5, OrderChanged.class, event -> event.order().is(id)).isPresent();
      }
      assertThat(heard).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"OKX,SPOT", "GATE,SPOT", "GATE,FUTURE"})
  void a_clock_that_is_wrong_is_put_right_before_the_next_login(Exchange exchange, MarketType type)
      throws InterruptedException {
    ToldEvents told = new ToldEvents();
    try (Exchanges process =
            site(exchange)
                .process("127.0.0.1", ExchangeTimes.USUAL, () -> Instant.now().minusSeconds(600));
        TradingAccount account = account(process, exchange, type);
        EventStream _ = account.events(told)) {
      assertThat(told.first()).isInstanceOf(Gap.class);
    }
  }

  @Test
  void binances_listen_key_is_renewed_and_a_new_one_is_taken_when_it_is_not_or_expires()
      throws InterruptedException {
    ExchangeSite site = site(Exchange.BINANCE);
    ExchangeTimes often =
        new ExchangeTimes(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofMillis(200));
    ToldEvents told = new ToldEvents();
    try (Exchanges process = site.process("127.0.0.1", often);
        TradingAccount account = account(process, Exchange.BINANCE, MarketType.FUTURE);
        EventStream _ = account.events(told)) {
      assertThat(told.first()).isInstanceOf(Gap.class);
      long extended = keys(site).path("extended").asLong();
      waitFor(() -> keys(site).path("extended").asLong() >= extended + 2);
      long taken = keys(site).path("taken").asLong();
      // the next renewal is refused
      site.post(
          "faults",
          "{\"match\":{\"method\":\"PUT\",\"path\":\"/fapi/v1/listenKey\"},\"times\":1,"
              + "\"action\":\"reject\",\"code\":-1125}");
      told.next(Gap.class);
      assertThat(keys(site).path("taken").asLong()).isGreaterThan(taken);
    }
    try (Exchanges process = site.process("127.0.0.1", ExchangeTimes.USUAL);
        TradingAccount account = account(process, Exchange.BINANCE, MarketType.FUTURE);
        EventStream _ = account.events(told)) {
      told.next(Gap.class);
      ClientOrderId first = place(account, "before expiry", Side.BUY);
      told.next(OrderChanged.class, event -> event.order().is(first));
      site.post("listen-keys", "{\"expire\":true}");
      told.next(Gap.class);
      ClientOrderId second = place(account, "after expiry", Side.BUY);
      told.next(OrderChanged.class, event -> event.order().is(second));
    }
  }

  private static JsonNode keys(ExchangeSite site) {
    return site.post("listen-keys", "{}");
  }

  private static void waitFor(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private TradingAccount account(Exchanges process, Exchange exchange, MarketType type) {
    ExchangeSite.Keys keys = site(exchange).accounts(1).getFirst();
    return process.account(exchange, type, keys.apiKey(), keys.open());
  }

  /** In one-way mode: what is sold was bought before. */
  private static ClientOrderId place(TradingAccount account, String task, Side side) {
    ClientOrderId id =
        ClientOrderId.ofTask(task + " " + account.exchange() + " " + account.market());
    Orders orders = account.orders();
    BigDecimal quantity =
        account.market() == MarketType.SPOT && side == Side.SELL
            ? new BigDecimal("0.005")
            : QUANTITY;
    assertThat(
            orders.place(
                new OrderRequest(
                    id,
                    BTC,
                    side,
                    OrderType.MARKET,
                    quantity,
                    Optional.empty(),
                    TimeInForce.IOC,
                    PositionSide.NONE,
                    false),
                orders.exchangeTime().plus(orders.window())))
        .isInstanceOf(Accepted.class);
    return id;
  }
}
