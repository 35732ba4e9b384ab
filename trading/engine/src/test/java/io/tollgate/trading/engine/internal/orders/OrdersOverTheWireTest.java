package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.DIFFERENCE;
import static io.tollgate.schema.trading.Tables.FILL;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.schema.trading.tables.records.FillRecord;
import io.tollgate.schema.trading.tables.records.PositionRecord;
import io.tollgate.schema.trading.tables.records.TradeOrderRecord;
import io.tollgate.trading.engine.TradeRecords;
import io.tollgate.trading.engine.TradeRecords.OrderFilter;
import io.tollgate.trading.engine.TradeRecords.Owner;
import io.tollgate.trading.engine.TradeRecords.Span;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a signal to a told profit, over the wire, with the exchange's own record beside ours. */
@Tag("slow")
final class OrdersOverTheWireTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private TradingFloor floor;

  @BeforeEach
  void open() {
    floor = new TradingFloor(folder);
  }

  @AfterEach
  void close() {
    floor.close();
  }

  @Test
  void a_signal_becomes_orders_positions_and_a_share_of_profit_once() throws SQLException {
    List<Long> accounts = List.of(floor.follower("ann"), floor.follower("ben"));
    sync(accounts);
    try (OrderRunner one = floor.runner("one");
        OrderRunner two = floor.runner("two")) {
      SignalDesk desk = floor.desk(one::wake);
      String signal = said();
      assertThat(said()).as("said twice").isEqualTo(signal);
      desk.pass();
      desk.pass();
      one.start();
      two.start();
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                desk.pass();
                assertThat(status(signal)).isEqualTo("executed");
                assertThat(settled(signal)).isTrue();
              });
      List<TradeOrderRecord> entries = orders();
      assertThat(entries).hasSize(2);
      entries.forEach(this::asTheExchangeHasIt);
      assertThat(positions())
          .hasSize(2)
          .allSatisfy(
              position -> {
                assertThat(position.getStatus()).isEqualTo("OPEN");
                assertThat(position.getQuantity()).isEqualByComparingTo("0.04");
              });
      sync(accounts);
      assertThat(differences()).isZero();

      floor.price("50600");
      LevelWatcher watcher = new LevelWatcher(floor.books, floor.rulebook, floor.door, one::wake);
      assertThat(watcher.pass()).isEqualTo(2);
      assertThat(watcher.pass()).as("a close is under way").isZero();
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(positions())
                      .extracting(PositionRecord::getStatus)
                      .containsOnly("CLOSED"));
      await().atMost(LONG).untilAsserted(() -> assertThat(underWay()).isZero());
    }
    orders().forEach(this::asTheExchangeHasIt);
    sync(accounts);
    assertThat(differences()).isZero();

    ProfitTelling telling =
        new ProfitTelling(floor.site.transactions(), floor.rewards.profits(), floor.site.clock());
    telling.tell();
    telling.tell();
    positions()
        .forEach(
            position -> {
              BigDecimal profit =
                  position.getGross().subtract(position.getFees()).add(position.getFunding());
              assertThat(profit).as("600 of 50,000 less fees").isPositive();
              assertThat(position.getToldAt()).isNotNull();
              assertThat(position.getCloseReason()).isEqualTo("TP");
            });
    listsGoOn(accounts);
    assertThat(counted(Optional.of(floor.tenant))).isEqualTo(orders().size());
    assertThat(counted(Optional.of(new TenantId(999_999)))).isZero();
    assertThat(audited()).isEmpty();
    changeOneLine();
    assertThat(audited()).extracting(AuditFinding::check).contains("trading.chain");
  }

  @Test
  void a_signal_whose_orders_are_reserved_is_dispatched_whatever_its_price_does_after_a_death() {
    sync(List.of(floor.follower("ann")));
    SignalDesk desk = floor.desk(() -> {});
    String signal = said();
    desk.pass();
    assertThat(orders()).hasSize(1);
    // far from the entry: on an account without an order it would be refused
    floor.price("53000");
    for (String reached : List.of("risk_checking", "passed")) {
      int _ =
          floor.site.write(
              tx ->
                  tx.sql()
                      .update(SIGNAL)
                      .set(SIGNAL.STATUS, reached)
                      .where(SIGNAL.SIGNAL_ID.eq(signal))
                      .execute());
      desk.pass();
      assertThat(status(signal)).as("killed when it was %s", reached).isEqualTo("dispatched");
      assertThat(orders()).hasSize(1);
    }
  }

  @Test
  void what_the_exchange_keeps_to_itself_is_found_and_ordered_once() {
    List<Long> accounts =
        List.of(floor.follower("ann"), floor.follower("ben"), floor.follower("cid"));
    sync(accounts);
    AtomicReference<Runnable> wake = new AtomicReference<>(() -> {});
    SignalDesk desk = floor.desk(() -> wake.get().run());
    String signal = said();
    desk.pass();
    List<String> actions =
        List.of(
            "\"action\":\"accept_then_drop\"",
            "\"action\":\"accept_then_5xx\",\"status\":503",
            "\"action\":\"drop_before\"");
    List<TradeOrderRecord> orders = orders();
    assertThat(orders).hasSize(3);
    for (int i = 0; i < orders.size(); i++) {
      var _ =
          floor.steer(
              "POST",
              "faults",
              "{\"match\":{\"method\":\"POST\",\"client_order_id_prefix\":\""
                  + orders.get(i).getClientOrderId()
                  + "\"},\"times\":1,"
                  + actions.get(i)
                  + "}");
    }
    try (OrderRunner runner = floor.runner("one")) {
      wake.set(runner::wake);
      runner.start();
      await().atMost(LONG).untilAsserted(() -> assertThat(settled(signal)).isTrue());
    }
    orders().forEach(this::asTheExchangeHasIt);
    assertThat(orders()).extracting(TradeOrderRecord::getStatus).containsOnly("FILLED");
    sync(accounts);
    assertThat(differences()).isZero();
  }

  @Test
  void an_account_whose_market_does_not_answer_is_tried_again_while_the_signal_is_good() {
    List<Long> accounts = List.of(floor.follower("ann"), floor.follower("ben"));
    sync(accounts);
    SignalDesk desk = floor.desk(() -> {});
    String signal = said();
    var _ =
        floor.steer(
            "POST",
            "faults",
            "{\"match\":{\"path\":\"/fapi/v1/ticker/24hr\"},\"action\":\"fail_5xx_before\",\"status\":503}");
    desk.pass();
    assertThat(orders()).as("nobody knows a price").isEmpty();
    assertThat(status(signal)).isEqualTo("risk_checking");
    var _ = floor.steer("DELETE", "faults", "");
    desk.pass();
    assertThat(orders()).hasSize(2);
    assertThat(status(signal)).isEqualTo("dispatched");
  }

  private String said() {
    return floor.site.write(
        tx ->
            floor
                .intake()
                .accept(
                    tx,
                    new SignalDraft(
                        floor.strategy,
                        Symbol.of("BTC/USDT"),
                        Side.BUY,
                        RiskOrder.Intent.OPEN,
                        Optional.of(new BigDecimal("50000")),
                        new Levels(
                            Optional.of(new BigDecimal("49500")),
                            Optional.of(new BigDecimal("50500"))),
                        Optional.of(new BigDecimal("80")),
                        "",
                        Timeframe.of("timeframe", "1m"),
                        minute())));
  }

  /** The bar that closed last when the test began. */
  private final Instant begun = Instant.now().truncatedTo(ChronoUnit.MINUTES);

  private Instant minute() {
    return begun;
  }

  private void sync(List<Long> accounts) {
    AccountSync sync = new AccountSync(floor.books, floor.rulebook, floor.door);
    accounts.forEach(account -> assertThat(sync.sync(account)).isTrue());
  }

  private void asTheExchangeHasIt(TradeOrderRecord order) {
    JsonNode witness =
        JSON.readTree(floor.steer("GET", "orders?prefix=" + order.getClientOrderId(), ""))
            .path("by_client_order_id")
            .path(order.getClientOrderId());
    assertThat(witness.path("accepted").asLong(0)).as("accepted").isEqualTo(1);
    assertThat(new BigDecimal(witness.path("filled_qty").asString()))
        .isEqualByComparingTo(order.getFilledQuantity());
    BigDecimal fills =
        fills().stream()
            .filter(fill -> fill.getOrderId().equals(order.getOrderId()))
            .map(FillRecord::getQuantity)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(fills).isEqualByComparingTo(order.getFilledQuantity());
  }

  private List<AuditFinding> audited() {
    return floor
        .site
        .transactions()
        .snapshot(
            tx ->
                TradingChecks.all().stream()
                    .flatMap(check -> check.run(tx, AuditScope.WHOLE).stream())
                    .toList());
  }

  private void changeOneLine() throws SQLException {
    try (Connection connection = floor.site.database().owner().getConnection();
        Statement statement = connection.createStatement()) {
      int _ =
          statement.executeUpdate(
              "UPDATE trading.ledger_transaction SET amount = amount + 1 WHERE seq = 1");
    }
  }

  /** Row by row is the whole list. */
  private long counted(Optional<TenantId> tenant) {
    return floor.site.transactions().read(tx -> floor.engine.figures().counts(tx, tenant)).orders();
  }

  private void listsGoOn(List<Long> accounts) {
    TradeRecords records = floor.engine.records();
    OrderFilter all =
        new OrderFilter(
            new Owner(Optional.of(floor.tenant), OptionalLong.of(accounts.getFirst())),
            Optional.empty(),
            Optional.of("BTC/USDT"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(BookedStatus.FILLED),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Span(Optional.empty(), Optional.empty()));
    List<TradeRecords.OrderRecord> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      ListRequest request = new ListRequest(1, 1, cursor, true);
      ListPage<TradeRecords.OrderRecord> page =
          floor.site.transactions().read(tx -> records.orders().page(tx, all, request));
      assertThat(page.total()).hasValue(2);
      found.addAll(page.rows());
      cursor = page.next();
    } while (cursor.isPresent());
    assertThat(found)
        .extracting(TradeRecords.OrderRecord::intent)
        .containsExactly(RiskOrder.Intent.CLOSE, RiskOrder.Intent.OPEN);
    assertThat(found)
        .allSatisfy(order -> assertThat(order.fees()).hasSize(1))
        .allSatisfy(order -> assertThat(order.averagePrice()).isPresent());
  }

  private String status(String signal) {
    return floor
        .site
        .transactions()
        .read(
            tx ->
                tx.sql()
                    .selectFrom(SIGNAL)
                    .where(SIGNAL.SIGNAL_ID.eq(signal))
                    .fetchSingle()
                    .getStatus());
  }

  private boolean settled(String signal) {
    return floor
        .site
        .transactions()
        .read(
            tx ->
                !tx.sql()
                    .fetchExists(
                        TRADE_ORDER, TRADE_ORDER.SIGNAL_ID.eq(signal).and(TRADE_ORDER.WORK_OPEN)));
  }

  private int underWay() {
    return floor
        .site
        .transactions()
        .read(tx -> tx.sql().fetchCount(TRADE_ORDER, TRADE_ORDER.WORK_OPEN.isTrue()));
  }

  private int differences() {
    return floor.site.transactions().read(tx -> tx.sql().fetchCount(DIFFERENCE));
  }

  private List<TradeOrderRecord> orders() {
    return floor
        .site
        .transactions()
        .read(tx -> tx.sql().selectFrom(TRADE_ORDER).orderBy(TRADE_ORDER.ACCOUNT_ID).fetch());
  }

  private List<FillRecord> fills() {
    return floor.site.transactions().read(tx -> tx.sql().selectFrom(FILL).fetch());
  }

  private List<PositionRecord> positions() {
    return floor
        .site
        .transactions()
        .read(tx -> tx.sql().selectFrom(POSITION).orderBy(POSITION.ACCOUNT_ID).fetch());
  }
}
