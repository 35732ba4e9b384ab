package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.KeyRights;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.node.internal.order.Prices;
import io.tollgate.trading.node.internal.order.Sites;
import io.tollgate.trading.node.internal.task.NodeAccount;
import io.tollgate.trading.node.internal.task.NodeRequest;
import io.tollgate.trading.node.internal.task.OpenedTask;
import io.tollgate.trading.node.internal.task.OrderWish;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Calls that look at accounts and change nothing. */
final class SyncCalls {
  /** Pages of trades for one task; where there are more, the answer says so. */
  private static final int PAGES = 10;

  private static final String SINCE = "a time (RFC 3339)";

  private final GivenTasks tasks;
  private final Sites sites;
  private final Prices prices;

  SyncCalls(GivenTasks tasks, Sites sites, Prices prices) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.sites = requireNonNull(sites, "sites is null");
    this.prices = requireNonNull(prices, "prices is null");
  }

  /** {@code POST /api/sync-balance}; with {@code key_rights} also what the key may do. */
  Response balances(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, false)) {
      boolean rights = request.isSet("key_rights");
      return tasks.answer(request, task -> balance(task, rights), SyncRow::bad);
    }
  }

  private Map<String, Object> balance(OpenedTask task, boolean withRights) {
    TradingAccount account = sites.open(task);
    NodeAccount whose = task.account();
    MarketData market = sites.market(whose);
    Map<String, Object> row =
        SyncRow.of(
            whose, account.balances(), (fields, balances) -> fill(fields, balances, whose, market));
    if (withRights && account.keyRights() instanceof Accepted<KeyRights>(KeyRights rights)) {
      row.put("can_trade", rights.trade().name().toLowerCase(Locale.ROOT));
      row.put("can_withdraw", rights.withdraw().name().toLowerCase(Locale.ROOT));
    }
    return row;
  }

  private void fill(
      Map<String, Object> row, List<Balance> balances, NodeAccount whose, MarketData market) {
    AccountValue value = AccountValue.of(balances, symbol -> prices.of(whose, market, symbol));
    row.put("balance", value.balance());
    row.put("available", value.available());
    row.put("frozen", value.frozen());
    row.put("unrealized_pnl", value.unrealized());
    row.put("margin_used", value.frozen());
    row.put("margin_ratio", value.marginRatio());
    row.put("equity", value.equity());
    row.put("coins", SyncRow.coins(balances));
    row.put("unpriced", value.unpriced());
  }

  /** {@code POST /api/sync-positions}. */
  Response positions(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, false)) {
      return tasks.answer(
          request,
          task ->
              SyncRow.of(
                  task.account(),
                  sites.open(task).positions(),
                  (row, positions) ->
                      row.put("positions", positions.stream().map(SyncRow::position).toList())),
          SyncRow::bad);
    }
  }

  /** {@code POST /api/sync-trades}: from a time on, or behind the last known trade. */
  Response trades(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, false)) {
      return tasks.answer(
          request,
          task -> {
            List<JsonFields> said = List.of(task.fields(), request.fields());
            Symbol symbol = OrderWish.symbol(said);
            Instant since = since(said);
            Optional<String> after =
                task.fields().text("after_trade_id", "the exchange's id of a trade");
            return SyncRow.of(
                task.account(),
                trades(sites.open(task).orders(), symbol, after, since),
                (row, found) -> {
                  row.put("trades", found.fills().stream().map(SyncRow::trade).toList());
                  row.put("more", found.more());
                });
          },
          SyncRow::bad);
    }
  }

  private static Instant since(List<JsonFields> said) {
    for (JsonFields fields : said) {
      Optional<Instant> given = fields.time("since", SINCE);
      if (given.isPresent()) {
        return given.get();
      }
    }
    throw JsonFields.missing("since", SINCE);
  }

  /**
   * @param more whether there may be others behind the last
   */
  private record Found(List<Fill> fills, boolean more) {}

  private static Outcome<Found> trades(
      Orders orders, Symbol symbol, Optional<String> after, Instant since) {
    List<Fill> all = new ArrayList<>();
    Optional<String> last = after;
    for (int page = 0; page < PAGES; page++) {
      Outcome<List<Fill>> next = orders.fills(symbol, last, since);
      if (!(next instanceof Accepted<List<Fill>>(List<Fill> fills))) {
        return next.map(_ -> new Found(List.of(), true));
      }
      if (fills.isEmpty()) {
        return new Accepted<>(new Found(List.copyOf(all), false));
      }
      all.addAll(fills);
      last = Optional.of(fills.getLast().tradeId());
    }
    return new Accepted<>(new Found(List.copyOf(all), true));
  }
}
