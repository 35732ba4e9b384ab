package io.tollgate.sandbox.internal.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.AccountState;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.Income;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.OrderState;
import io.tollgate.sandbox.internal.trading.book.OrderType;
import io.tollgate.sandbox.internal.trading.book.PartialFill;
import io.tollgate.sandbox.internal.trading.book.PositionSide;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.Side;
import io.tollgate.sandbox.internal.trading.book.SpotWallet;
import io.tollgate.sandbox.internal.trading.book.SymbolTerms;
import io.tollgate.sandbox.internal.trading.book.TimeInForce;
import io.tollgate.sandbox.internal.trading.book.Trade;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random trading, with the exchange killed in between: books add up, and are the same again. */
class RestartTest {
  private static final int STEPS = 250;

  /** Bytes of a journal that is compacted now and then. */
  private static final long SMALL = 64 << 10;

  private static final BigDecimal USDT = new BigDecimal(50_000);

  @TempDir private Path dir;

  private long real = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void books_add_up_and_outlive_kills(long seed) throws IOException {
    Random random = new Random(seed);
    Floor floor = open();
    new MarketSteering(floor).account(keys(1), USDT);
    new MarketSteering(floor).account(keys(2), USDT);
    for (int step = 0; step < STEPS; step++) {
      real += random.nextLong(3_600_000);
      act(floor, random, step);
      floor.settleAll();
      for (TradingAccount account : floor.accounts()) {
        checkBooks(account);
      }
      floor.compactLog();
      if (random.nextInt(25) == 0) {
        String before = told(floor);
        floor.close();
        if (random.nextBoolean()) {
          tear();
        }
        floor = open();
        assertThat(told(floor)).as("seed %d, step %d", seed, step).isEqualTo(before);
      }
    }
    checkTraded(floor);
    floor.close();
  }

  private static void checkTraded(Floor floor) {
    for (Market market : Market.values()) {
      long trades =
          floor.accounts().stream().mapToLong(one -> one.trades(market).stream().count()).sum();
      assertThat(trades).as("trades of the %s market", market).isGreaterThan(20);
    }
  }

  private Floor open() throws IOException {
    return Floor.open(() -> Instant.ofEpochMilli(real), dir, SMALL);
  }

  private static ExchangeKeys keys(int number) {
    return new ExchangeKeys("restart-key-" + number, "restart-secret-" + number);
  }

  /** Half a line, as a kill in the middle of a write leaves it. */
  private void tear() throws IOException {
    try (FileChannel file =
        FileChannel.open(dir.resolve("orders.log"), StandardOpenOption.APPEND)) {
      int unused =
          file.write(
              ByteBuffer.wrap(new byte[] {'{', '"', 's', 't', 'e', 'p', '"', ':', (byte) 0xC3}));
    }
  }

  private static void act(Floor floor, Random random, int step) {
    TradingAccount account = floor.accounts().get(random.nextInt(floor.accounts().size()));
    try {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> place(floor, account, Market.FUTURES, random, step);
        case 4, 5, 6 -> place(floor, account, Market.SPOT, random, step);
        case 7 -> cancelOne(floor, account, random);
        case 8 ->
            floor
                .desks()
                .setTerms(
                    account,
                    "BTCUSDT",
                    before ->
                        new SymbolTerms(
                            1 + random.nextInt(50), random.nextInt(4) == 0 != before.isolated()));
        case 9 ->
            new MarketSteering(floor)
                .funding(
                    JsonBody.tree(
                        "{\"symbol\":\"BTCUSDT\",\"rate\":"
                            + (random.nextBoolean() ? "0.001" : "-0.001")
                            + "}"));
        case 10 ->
            new MarketSteering(floor)
                .price(
                    JsonBody.tree(
                        random.nextInt(3) == 0
                            ? "{\"symbol\":\"BTCUSDT\",\"price\":null}"
                            : "{\"symbol\":\"BTCUSDT\",\"price\":"
                                + (30_000 + random.nextInt(40_000))
                                + "}"));
        default -> floor.desks().cancelAll(account, Market.FUTURES, "BTCUSDT");
      }
    } catch (Refusal refused) {
      // a rule of the exchange; nothing has changed, which the books are checked for
    }
  }

  private static void place(
      Floor floor, TradingAccount account, Market market, Random random, int step) {
    Instrument bitcoin = floor.instruments().find(market, "BTCUSDT").orElseThrow();
    BigDecimal price = floor.prices().at(bitcoin, floor.now());
    boolean limited = random.nextBoolean();
    BigDecimal limit =
        price
            .multiply(BigDecimal.valueOf(960 + random.nextInt(80), 3))
            .divide(bitcoin.tick(), 0, RoundingMode.DOWN)
            .multiply(bitcoin.tick());
    OrderRequest request =
        new OrderRequest(
            bitcoin,
            random.nextBoolean() ? Side.BUY : Side.SELL,
            PositionSide.BOTH,
            limited ? OrderType.LIMIT : OrderType.MARKET,
            limited && random.nextInt(4) == 0 ? TimeInForce.IOC : TimeInForce.GTC,
            Optional.of(BigDecimal.valueOf(1 + random.nextInt(300), 3)),
            Optional.empty(),
            limited ? Optional.of(limit) : Optional.empty(),
            Optional.of("own-" + step),
            market == Market.FUTURES && random.nextInt(5) == 0,
            Optional.empty(),
            false);
    Order unused =
        floor
            .desks()
            .place(
                account,
                request,
                PartialFill.NONE,
                UnaryOperator.identity(),
                number ->
                    new Attempt(
                        0,
                        account.apiKey(),
                        "own-" + step,
                        "BTCUSDT",
                        request.side().name(),
                        Attempt.Outcome.ACCEPTED,
                        0,
                        OptionalLong.of(number)));
  }

  private static void cancelOne(Floor floor, TradingAccount account, Random random) {
    Market market = random.nextBoolean() ? Market.SPOT : Market.FUTURES;
    List<Order> open = account.orders(market).open();
    if (!open.isEmpty()) {
      floor.desks().cancel(account, open.get(random.nextInt(open.size())), false);
    }
  }

  /** Balances are what was paid in and out, to the last digit, and nothing is below zero. */
  private static void checkBooks(TradingAccount account) {
    BigDecimal incomes =
        account.income().stream().map(Income::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(account.futures().balance()).isEqualByComparingTo(incomes);
    assertThat(account.futures().balance()).isGreaterThanOrEqualTo(BigDecimal.ZERO);
    BigDecimal coins = BigDecimal.ZERO;
    BigDecimal dollars = USDT;
    for (Trade trade : account.trades(Market.SPOT).stream().toList()) {
      boolean bought = trade.side() == Side.BUY;
      coins = coins.add(bought ? trade.quantity() : trade.quantity().negate());
      dollars = dollars.add(bought ? trade.value().negate() : trade.value());
      coins = bought ? coins.subtract(trade.fee()) : coins;
      dollars = bought ? dollars : dollars.subtract(trade.fee());
    }
    assertThat(whole(account, "BTC")).isEqualByComparingTo(coins);
    assertThat(whole(account, "USDT")).isEqualByComparingTo(dollars);
    BigDecimal locked = BigDecimal.ZERO;
    for (Order order : account.orders(Market.SPOT).open()) {
      locked =
          order.side() == Side.BUY ? locked.add(order.remaining().multiply(order.price())) : locked;
    }
    assertThat(account.spot().of("USDT").locked()).isEqualByComparingTo(locked);
    account
        .orders(Market.FUTURES)
        .all()
        .forEach(order -> assertThat(order.filled()).isLessThanOrEqualTo(order.quantity()));
  }

  private static BigDecimal whole(TradingAccount account, String coin) {
    SpotWallet.Balance balance = account.spot().of(coin);
    return balance.free().add(balance.locked());
  }

  /** Everything that is known of accounts and of what the witness saw. */
  private static String told(Floor floor) {
    AccountState state = new AccountState(new OrderState(floor.instruments(), floor.numbering()));
    StringBuilder told = new StringBuilder();
    for (TradingAccount account : floor.accounts()) {
      told.append(state.write(new Changes(account, 0))).append('\n');
      for (Market market : Market.values()) {
        account.orders(market).all().forEach(order -> told.append(line(order)));
        account.trades(market).stream().forEach(trade -> told.append(trade).append('\n'));
      }
      account.income().stream().forEach(income -> told.append(income).append('\n'));
    }
    told.append(floor.witness().received()).append(' ').append(floor.witness().accepted());
    return told.toString();
  }

  private static String line(Order order) {
    return order.id()
        + " "
        + order.status()
        + " "
        + order.filled()
        + " "
        + order.turnover()
        + " "
        + order.updatedAt()
        + "\n";
  }
}
