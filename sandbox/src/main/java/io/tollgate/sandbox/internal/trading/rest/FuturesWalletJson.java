package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.FuturesWallet;
import io.tollgate.sandbox.internal.trading.book.MarginSheet;
import io.tollgate.sandbox.internal.trading.book.Position;
import io.tollgate.sandbox.internal.trading.book.PositionSide;
import io.tollgate.sandbox.internal.trading.book.SymbolTerms;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Balance, account and positions on futures, in the versions that there are. Event loop only. */
final class FuturesWalletJson {
  /** Largest position that may be held, in USDT. */
  static final String MOST_NOTIONAL = "1000000000";

  private final Floor floor;

  private FuturesWalletJson(Floor floor) {
    this.floor = floor;
  }

  static void add(ExchangeRoutes routes) {
    FuturesWalletJson own = new FuturesWalletJson(routes.floor());
    Market market = Market.FUTURES;
    for (String version : new String[] {"v2", "v3"}) {
      boolean old = version.equals("v2");
      String path = "/fapi/" + version;
      routes.at(HttpMethod.GET, path + "/balance", market, Security.SIGNED, 5, own::balance);
      routes.at(
          HttpMethod.GET,
          path + "/account",
          market,
          Security.SIGNED,
          5,
          call -> own.account(call, old));
      routes.at(
          HttpMethod.GET,
          path + "/positionRisk",
          market,
          Security.SIGNED,
          5,
          call -> own.positions(call, old));
    }
  }

  private MarginSheet sheet(Call call) {
    return floor.futures().sheet(call.account(), call.account().settledTo());
  }

  private JsonNode balance(Call call) {
    MarginSheet sheet = sheet(call);
    ArrayNode json = JsonBody.array();
    json.addObject()
        .put("accountAlias", "sandbox")
        .put("asset", Instruments.QUOTE)
        .put("balance", Shown.of(call.account().futures().balance()))
        .put("crossWalletBalance", Shown.of(call.account().futures().shared()))
        .put("crossUnPnl", Shown.of(sheet.sharedUnrealized()))
        .put("availableBalance", Shown.of(sheet.available()))
        .put("maxWithdrawAmount", Shown.of(sheet.available()))
        .put("marginAvailable", true)
        .put("updateTime", call.account().settledTo());
    return json;
  }

  private JsonNode account(Call call, boolean old) {
    MarginSheet sheet = sheet(call);
    FuturesWallet wallet = call.account().futures();
    ObjectNode json = JsonBody.object();
    if (old) {
      json.put("feeTier", 0);
      json.put("canTrade", true);
      json.put("canDeposit", true);
      json.put("canWithdraw", false);
      json.put("updateTime", 0);
      json.put("multiAssetsMargin", false);
      json.put("tradeGroupId", -1);
    }
    totals(json, "total", wallet, sheet);
    json.put("availableBalance", Shown.of(sheet.available()));
    json.put("maxWithdrawAmount", Shown.of(sheet.available()));
    ObjectNode asset = json.putArray("assets").addObject().put("asset", Instruments.QUOTE);
    totals(asset, "", wallet, sheet);
    asset
        .put("availableBalance", Shown.of(sheet.available()))
        .put("maxWithdrawAmount", Shown.of(sheet.available()))
        .put("marginAvailable", true)
        .put("updateTime", call.account().settledTo());
    ArrayNode positions = json.putArray("positions");
    for (Held held : held(call.account(), "", old)) {
      positions.add(accountPosition(held, sheet, old));
    }
    return json;
  }

  private static void totals(
      ObjectNode json, String prefix, FuturesWallet wallet, MarginSheet sheet) {
    BigDecimal unrealized = sheet.unrealized();
    put(json, prefix, "initialMargin", sheet.positionMargin().add(sheet.orderMargin()));
    put(json, prefix, "maintMargin", sheet.maintenance());
    put(json, prefix, "walletBalance", wallet.balance());
    put(json, prefix, "unrealizedProfit", unrealized);
    put(json, prefix, "marginBalance", wallet.balance().add(unrealized));
    put(json, prefix, "positionInitialMargin", sheet.positionMargin());
    put(json, prefix, "openOrderInitialMargin", sheet.orderMargin());
    put(json, prefix, "crossWalletBalance", wallet.shared());
    put(json, prefix, "crossUnPnl", sheet.sharedUnrealized());
  }

  private static void put(ObjectNode json, String prefix, String name, BigDecimal value) {
    String whole =
        prefix.isEmpty()
            ? name
            : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    json.put(whole, Shown.of(value));
  }

  /** A position, perhaps flat, with its symbol. */
  private record Held(Instrument instrument, Position position) {}

  /** Version 2 lists flat positions too. */
  private List<Held> held(TradingAccount account, String symbol, boolean flatToo) {
    List<Held> all = new ArrayList<>();
    FuturesWallet wallet = account.futures();
    List<PositionSide> sides =
        wallet.hedged()
            ? List.of(PositionSide.LONG, PositionSide.SHORT)
            : List.of(PositionSide.BOTH);
    for (Instrument instrument : floor.instruments().of(Market.FUTURES)) {
      if (symbol.isEmpty() || symbol.equals(instrument.symbol())) {
        for (PositionSide side : sides) {
          Position position = wallet.position(instrument.symbol(), side);
          if (flatToo || !position.flat()) {
            all.add(new Held(instrument, position));
          }
        }
      }
    }
    return all;
  }

  private static ObjectNode accountPosition(Held held, MarginSheet sheet, boolean old) {
    Position position = held.position;
    Instrument instrument = held.instrument;
    BigDecimal initial = sheet.initial(position);
    ObjectNode json =
        JsonBody.object()
            .put("symbol", instrument.symbol())
            .put("positionSide", position.side().name())
            .put("positionAmt", Shown.quantity(instrument, position.quantity()))
            .put("unrealizedProfit", Shown.of(sheet.unrealized(position)))
            .put("isolatedMargin", Shown.of(isolatedMargin(position, sheet)))
            .put("notional", Shown.of(notional(position, sheet)))
            .put("isolatedWallet", Shown.of(position.margin()))
            .put("initialMargin", Shown.of(initial))
            .put("maintMargin", Shown.of(sheet.maintenance(position)))
            .put("updateTime", position.updatedAt());
    if (old) {
      SymbolTerms terms = sheet.account().futures().terms(instrument.symbol());
      json.put("positionInitialMargin", Shown.of(initial))
          .put("openOrderInitialMargin", "0.00000000")
          .put("leverage", Integer.toString(terms.leverage()))
          .put("isolated", terms.isolated())
          .put("entryPrice", Shown.shortest(position.entry()))
          .put("breakEvenPrice", Shown.shortest(position.entry()))
          .put("maxNotional", MOST_NOTIONAL)
          .put("bidNotional", "0")
          .put("askNotional", "0");
    }
    return json;
  }

  private static BigDecimal notional(Position position, MarginSheet sheet) {
    return position.quantity().multiply(sheet.marks().apply(position.symbol()));
  }

  private static BigDecimal isolatedMargin(Position position, MarginSheet sheet) {
    return sheet.isolated(position)
        ? position.margin().add(sheet.unrealized(position))
        : BigDecimal.ZERO;
  }

  private JsonNode positions(Call call, boolean old) {
    MarginSheet sheet = sheet(call);
    String symbol =
        call.params().text("symbol").isPresent()
            ? OrderReading.instrument(floor.instruments(), Market.FUTURES, call.params()).symbol()
            : "";
    ArrayNode json = JsonBody.array();
    for (Held held : held(call.account(), symbol, old)) {
      json.add(risk(held, sheet, old));
    }
    return json;
  }

  private static ObjectNode risk(Held held, MarginSheet sheet, boolean old) {
    Position position = held.position;
    Instrument instrument = held.instrument;
    SymbolTerms terms = sheet.account().futures().terms(instrument.symbol());
    BigDecimal liquidation = position.flat() ? BigDecimal.ZERO : sheet.liquidationPrice(position);
    ObjectNode json =
        JsonBody.object()
            .put("symbol", instrument.symbol())
            .put("positionSide", position.side().name())
            .put("positionAmt", Shown.quantity(instrument, position.quantity()))
            .put("entryPrice", Shown.shortest(position.entry()))
            .put("breakEvenPrice", Shown.shortest(position.entry()))
            .put("markPrice", Shown.of(sheet.marks().apply(instrument.symbol())))
            .put("unRealizedProfit", Shown.of(sheet.unrealized(position)))
            .put("liquidationPrice", Shown.shortest(liquidation))
            .put("isolatedMargin", Shown.of(isolatedMargin(position, sheet)))
            .put("notional", Shown.of(notional(position, sheet)))
            .put("isolatedWallet", Shown.of(position.margin()))
            .put("updateTime", position.updatedAt());
    if (old) {
      return json.put("maxNotionalValue", MOST_NOTIONAL)
          .put("marginType", terms.isolated() ? "isolated" : "cross")
          .put("isAutoAddMargin", "false")
          .put("leverage", Integer.toString(terms.leverage()));
    }
    BigDecimal initial = sheet.initial(position);
    return json.put("marginAsset", Instruments.QUOTE)
        .put("initialMargin", Shown.of(initial))
        .put("maintMargin", Shown.of(sheet.maintenance(position)))
        .put("positionInitialMargin", Shown.of(initial))
        .put("openOrderInitialMargin", "0.00000000")
        .put("adl", 2)
        .put("bidNotional", "0")
        .put("askNotional", "0");
  }
}
