package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.FundingPayment;
import io.tollgate.trading.exchange.LeverageBracket;
import io.tollgate.trading.exchange.LeverageBracket.Unit;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingFees;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What trading costs at Binance. */
final class BinanceCosts implements AccountCosts {
  private static final int PAGE = 1000;
  private static final int PAGES = 20;

  private final BinanceCalls calls;
  private final Signer signer;

  BinanceCosts(BinanceCalls calls, Signer signer) {
    this.calls = calls;
    this.signer = signer;
  }

  @Override
  public Outcome<TradingFees> fees(Symbol symbol) {
    Supplier<Query> query = () -> new Query().with("symbol", symbol.joinedBy(""));
    return switch (calls.site().market()) {
      case SPOT ->
          ExchangeCaller.reading(
              get("/api/v3/account/commission", query, 20),
              fields -> {
                Fields standard = fields.in("standardCommission");
                return new TradingFees(standard.number("maker"), standard.number("taker"));
              });
      case FUTURE ->
          ExchangeCaller.reading(
              get("/fapi/v1/commissionRate", query, 20),
              fields ->
                  new TradingFees(
                      fields.number("makerCommissionRate"), fields.number("takerCommissionRate")));
    };
  }

  /** Oldest first, page by page. */
  @Override
  public Outcome<List<FundingPayment>> fundingPayments(Instant since) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Accepted<>(List.of());
    }
    List<FundingPayment> all = new ArrayList<>();
    for (int page = 1; page <= PAGES; page++) {
      int number = page;
      Outcome<Integer> read =
          ExchangeCaller.reading(
              get(
                  "/fapi/v1/income",
                  () ->
                      new Query()
                          .with("incomeType", "FUNDING_FEE")
                          .with("startTime", since.toEpochMilli())
                          .with("page", number)
                          .with("limit", PAGE),
                  30),
              fields -> {
                List<Fields> rows = fields.items();
                rows.stream()
                    .filter(row -> BinanceRules.isPair(row.text("symbol")))
                    .map(BinanceCosts::payment)
                    .forEach(all::add);
                return rows.size();
              });
      if (!(read instanceof Accepted<Integer>(Integer rows))) {
        return read.map(_ -> all);
      }
      if (rows < PAGE) {
        return new Accepted<>(all);
      }
    }
    return new Outcome.Unknown<>("more than " + PAGES + " pages of payments");
  }

  private static FundingPayment payment(Fields row) {
    String name = row.text("symbol");
    return new FundingPayment(
        row.text("tranId"),
        new Symbol(name.substring(0, name.length() - "USDT".length()), "USDT"),
        row.number("income"),
        row.text("asset"),
        row.millis("time"));
  }

  @Override
  public Outcome<List<LeverageBracket>> leverageBrackets(Symbol symbol) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Accepted<>(List.of());
    }
    return ExchangeCaller.reading(
        get("/fapi/v1/leverageBracket", () -> new Query().with("symbol", symbol.joinedBy("")), 1),
        fields ->
            (fields.isList() ? fields.at(0) : fields)
                .in("brackets").items().stream()
                    .map(
                        row ->
                            new LeverageBracket(
                                row.number("notionalCap"),
                                Unit.QUOTE,
                                row.number("initialLeverage"),
                                row.number("maintMarginRatio")))
                    .sorted(Comparator.comparing(LeverageBracket::upTo))
                    .toList());
  }

  private Outcome<Fields> get(String path, Supplier<Query> query, int weight) {
    return calls.signed(signer, "GET", calls.site().origin(), path, query, weight);
  }
}
