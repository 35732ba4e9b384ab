package io.tollgate.trading.node.internal.serving;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.node.internal.task.NodeAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What is answered for an account that is looked at: fields by the names of the interface. */
final class SyncRow {
  private SyncRow() {}

  /**
   * What an exchange said, or why it did not.
   *
   * @param fill adds the fields of what it said
   */
  static <T> Map<String, Object> of(
      NodeAccount account, Outcome<T> outcome, BiConsumer<Map<String, Object>, T> fill) {
    Map<String, Object> row = begun(Optional.of(account.id()), Optional.of(account.tenant()));
    if (outcome instanceof Accepted<T>(T value)) {
      row.put("success", true);
      fill.accept(row, value);
      row.put("error_code", Optional.empty());
      row.put("error", Optional.empty());
    } else {
      row.put("success", false);
      row.put("error_code", outcome.errorCode());
      row.put("error", outcome.toString());
    }
    return row;
  }

  /** A task that says nothing that can be worked on. */
  static Object bad(
      Optional<String> task, Optional<Long> account, Optional<Long> tenant, Refusal why) {
    Map<String, Object> row = begun(account, tenant);
    row.put("success", false);
    row.put("error_code", why.code().name());
    row.put("error", why.sentence());
    return row;
  }

  static Map<String, Object> position(Position position) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("symbol", position.symbol().toString());
    row.put("position_side", position.side().name());
    row.put("quantity", position.quantity());
    row.put("entry_price", position.entryPrice());
    row.put("mark_price", position.markPrice());
    row.put("leverage", position.leverage());
    row.put("liquidation_price", position.liquidationPrice());
    row.put("unrealized_pnl", position.unrealized());
    return row;
  }

  static Map<String, Object> trade(Fill fill) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("exchange_trade_id", fill.tradeId());
    row.put("exchange_order_id", fill.exchangeOrderId());
    row.put("symbol", fill.symbol().toString());
    row.put("side", fill.side().name());
    row.put("quantity", fill.quantity());
    row.put("price", fill.price());
    row.put("fee", fill.fee());
    row.put("fee_currency", fill.feeCurrency());
    row.put("filled_at", fill.at());
    return row;
  }

  static Map<String, Object> coin(Balance balance) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("currency", balance.currency());
    row.put("total", balance.total());
    row.put("available", balance.available());
    row.put("frozen", balance.frozen());
    return row;
  }

  static List<Map<String, Object>> coins(List<Balance> balances) {
    return balances.stream().map(SyncRow::coin).toList();
  }

  private static Map<String, Object> begun(Optional<Long> account, Optional<Long> tenant) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("account_id", account);
    row.put("tenant_id", tenant);
    return row;
  }
}
