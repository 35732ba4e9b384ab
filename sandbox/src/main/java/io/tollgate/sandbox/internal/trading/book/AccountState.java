package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps of an account as the journal has them: what was added, and wallets and orders as they were
 * after it. Read in their order, they make the account again.
 */
public final class AccountState {
  private final OrderState orders;

  public AccountState(OrderState orders) {
    this.orders = orders;
  }

  /** What one step did. */
  public ObjectNode write(Changes changes) {
    TradingAccount account = changes.account();
    ObjectNode json = JsonBody.object();
    json.put("at", changes.at());
    json.put("key", account.apiKey());
    json.put("funded", account.fundedTo());
    json.set("spot", spot(account.spot()));
    json.set("futures", futures(account.futures()));
    ArrayNode changed = json.putArray("orders");
    changes.orders().forEach(order -> changed.add(orders.write(order)));
    ArrayNode algos = json.putArray("algos");
    changes.algos().forEach(order -> algos.add(orders.write(order)));
    ArrayNode trades = json.putArray("trades");
    changes.events().stream()
        .flatMap(
            event ->
                event
                    .trade()
                    .map(trade -> trade(event.order().instrument().market(), trade))
                    .stream())
        .forEach(trades::add);
    ArrayNode income = json.putArray("income");
    changes.income().forEach(one -> income.add(income(one)));
    return json;
  }

  /** All of an account, as one step that makes it again. */
  public ObjectNode whole(TradingAccount account) {
    ObjectNode json = write(new Changes(account, account.settledTo()));
    ArrayNode changed = json.putArray("orders");
    ArrayNode trades = json.putArray("trades");
    for (Market market : Market.values()) {
      account.orders(market).all().forEach(order -> changed.add(orders.write(order)));
      account.trades(market).stream().forEach(trade -> trades.add(trade(market, trade)));
    }
    ArrayNode algos = json.putArray("algos");
    account.endedAlgos().stream().forEach(order -> algos.add(orders.write(order)));
    account.openAlgos().values().forEach(order -> algos.add(orders.write(order)));
    ArrayNode income = json.putArray("income");
    account.income().stream().forEach(one -> income.add(income(one)));
    return json;
  }

  private static ObjectNode spot(SpotWallet wallet) {
    ObjectNode json = JsonBody.object();
    wallet
        .balances()
        .forEach(
            (coin, balance) ->
                json.putArray(coin)
                    .add(balance.free().toPlainString())
                    .add(balance.locked().toPlainString()));
    return json;
  }

  private static ObjectNode futures(FuturesWallet wallet) {
    ObjectNode json = JsonBody.object();
    json.put("balance", wallet.balance().toPlainString());
    json.put("hedged", wallet.hedged());
    ObjectNode terms = json.putObject("terms");
    wallet
        .allTerms()
        .forEach((symbol, one) -> terms.putArray(symbol).add(one.leverage()).add(one.isolated()));
    ArrayNode positions = json.putArray("positions");
    for (Position position : wallet.positions()) {
      positions
          .addArray()
          .add(position.symbol())
          .add(position.side().name())
          .add(position.quantity().toPlainString())
          .add(position.cost().toPlainString())
          .add(position.margin().toPlainString())
          .add(position.updatedAt());
    }
    return json;
  }

  private static ObjectNode trade(Market market, Trade trade) {
    ObjectNode json = JsonBody.object();
    json.put("id", trade.id());
    json.put("market", market.name());
    json.put("order", trade.orderId());
    json.put("symbol", trade.symbol());
    json.put("side", trade.side().name());
    json.put("positionSide", trade.positionSide().name());
    json.put("price", trade.price().toPlainString());
    json.put("quantity", trade.quantity().toPlainString());
    json.put("fee", trade.fee().toPlainString());
    json.put("feeCoin", trade.feeCoin());
    json.put("realized", trade.realized().toPlainString());
    json.put("maker", trade.maker());
    json.put("time", trade.time());
    return json;
  }

  private static ObjectNode income(Income income) {
    ObjectNode json = JsonBody.object();
    json.put("id", income.id());
    json.put("type", income.type().name());
    json.put("symbol", income.symbol());
    json.put("amount", income.amount().toPlainString());
    income.tradeId().ifPresent(trade -> json.put("trade", trade));
    json.put("time", income.time());
    return json;
  }

  /** Does to an account what a step did. */
  public void read(TradingAccount account, JsonNode step) {
    account.settled(step.path("at").longValue());
    account.funded(step.path("funded").longValue());
    step.path("spot")
        .propertyStream()
        .forEach(
            coin ->
                account
                    .spot()
                    .put(
                        coin.getKey(),
                        new SpotWallet.Balance(
                            decimal(coin.getValue().path(0)), decimal(coin.getValue().path(1)))));
    readFutures(account.futures(), step.path("futures"));
    step.path("orders").forEach(json -> orders.read(account, json));
    step.path("algos").forEach(json -> orders.readAlgo(account, json));
    step.path("trades")
        .forEach(
            json ->
                account.remember(Market.valueOf(json.path("market").stringValue()), trade(json)));
    step.path("income").forEach(json -> account.remember(income(json)));
  }

  private static void readFutures(FuturesWallet wallet, JsonNode json) {
    wallet.restoreBalance(decimal(json.path("balance")));
    wallet.hedge(json.path("hedged").booleanValue());
    json.path("terms")
        .propertyStream()
        .forEach(
            one ->
                wallet.setTerms(
                    one.getKey(),
                    new SymbolTerms(
                        one.getValue().path(0).intValue(), one.getValue().path(1).booleanValue())));
    for (Position position : wallet.positions()) {
      position.restore(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, position.updatedAt());
    }
    for (JsonNode one : json.path("positions")) {
      wallet
          .position(one.path(0).stringValue(), PositionSide.valueOf(one.path(1).stringValue()))
          .restore(
              decimal(one.path(2)),
              decimal(one.path(3)),
              decimal(one.path(4)),
              one.path(5).longValue());
    }
  }

  private Trade trade(JsonNode json) {
    return new Trade(
        orders.number(json.path("id")),
        json.path("order").longValue(),
        json.path("symbol").stringValue(),
        Side.valueOf(json.path("side").stringValue()),
        PositionSide.valueOf(json.path("positionSide").stringValue()),
        decimal(json.path("price")),
        decimal(json.path("quantity")),
        decimal(json.path("fee")),
        json.path("feeCoin").stringValue(),
        decimal(json.path("realized")),
        json.path("maker").booleanValue(),
        json.path("time").longValue());
  }

  private Income income(JsonNode json) {
    return new Income(
        orders.number(json.path("id")),
        Income.Type.valueOf(json.path("type").stringValue()),
        json.path("symbol").stringValue(),
        decimal(json.path("amount")),
        json.has("trade") ? OptionalLong.of(json.path("trade").longValue()) : OptionalLong.empty(),
        json.path("time").longValue());
  }

  static BigDecimal decimal(JsonNode text) {
    return new BigDecimal(text.stringValue());
  }
}
