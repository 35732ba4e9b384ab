package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.FundingPayment;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.LeverageBracket;
import io.tollgate.trading.exchange.LeverageBracket.Unit;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingFees;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.NewestFirst;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What trading costs at OKX. */
final class OkxCosts implements AccountCosts {
  private static final int PAGE = 100;

  /** Of bills: what was paid or got for holding a contract. */
  private static final String FUNDING = "8";

  private final OkxCalls calls;
  private final OkxMarketData market;
  private final OkxOrders orders;
  private final Signer signer;

  OkxCosts(OkxCalls calls, OkxMarketData market, OkxOrders orders, Signer signer) {
    this.calls = calls;
    this.market = market;
    this.orders = orders;
    this.signer = signer;
  }

  /** OKX writes what is paid as negative. */
  @Override
  public Outcome<TradingFees> fees(Symbol symbol) {
    boolean spot = calls.site().market() == MarketType.SPOT;
    Query query = new Query().with("instType", calls.site().instrumentType());
    if (spot) {
      query.with("instId", calls.site().name(symbol));
    } else {
      query.with("instFamily", symbol.joinedBy("-"));
    }
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v5/account/trade-fee", query, 5),
        fields -> {
          Fields row = OkxCalls.first(fields);
          return spot
              ? new TradingFees(row.number("maker").negate(), row.number("taker").negate())
              : new TradingFees(rate(row, "makerU", "maker"), rate(row, "takerU", "taker"));
        });
  }

  /** Contracts margined in USDT have a rate of their own where there are several. */
  private static BigDecimal rate(Fields row, String own, String otherwise) {
    return row.findNumber(own).orElseGet(() -> row.number(otherwise)).negate();
  }

  @Override
  public Outcome<List<FundingPayment>> fundingPayments(Instant since) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Accepted<>(List.of());
    }
    return NewestFirst.<Bill>all(last -> page(last, since), PAGE, _ -> false)
        .then(
            bills -> {
              Outcome<List<FundingPayment>> all = new Accepted<>(List.of());
              for (Bill bill : bills.reversed()) {
                all = all.then(before -> bill.after(before, market));
              }
              return all;
            });
  }

  private Outcome<List<Bill>> page(Optional<Bill> last, Instant since) {
    Query query =
        new Query()
            .with("instType", calls.site().instrumentType())
            .with("type", FUNDING)
            .with("begin", since.toEpochMilli());
    last.ifPresent(bill -> query.with("after", bill.id()));
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v5/account/bills", query.with("limit", PAGE), 10),
        fields ->
            fields.in("data").items().stream()
                .map(
                    row ->
                        new Bill(
                            row.text("billId"),
                            row.text("instId"),
                            change(row),
                            row.text("ccy"),
                            row.millis("ts")))
                .toList());
  }

  /** Of the account, or where the margin is the position's own, of that. */
  private static BigDecimal change(Fields row) {
    BigDecimal ofAccount = row.number("balChg");
    return ofAccount.signum() != 0
        ? ofAccount
        : row.findNumber("posBalChg").orElse(BigDecimal.ZERO);
  }

  @Override
  public Outcome<List<LeverageBracket>> leverageBrackets(Symbol symbol) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Accepted<>(List.of());
    }
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.ask("/api/v5/public/position-tiers", tiers(symbol), 10),
                    fields ->
                        fields.in("data").items().stream()
                            .map(row -> bracket(row, instrument))
                            .sorted(Comparator.comparing(LeverageBracket::upTo))
                            .toList()));
  }

  private Query tiers(Symbol symbol) {
    return new Query()
        .with("instType", calls.site().instrumentType())
        .with("tdMode", OkxOrders.mode(orders.margin()))
        .with("instFamily", symbol.joinedBy("-"));
  }

  private static LeverageBracket bracket(Fields row, Instrument instrument) {
    return new LeverageBracket(
        instrument.ofContracts(row.number("maxSz")),
        Unit.BASE,
        row.number("maxLever"),
        row.number("mmr"));
  }

  /** A payment as OKX lists it. */
  private record Bill(
      String id, String instrument, BigDecimal amount, String currency, Instant at) {
    /** The payments with this one, where it is for what is traded here. */
    private Outcome<List<FundingPayment>> after(List<FundingPayment> before, OkxMarketData market) {
      Outcome<Instrument> rules = market.named(instrument);
      if (rules instanceof Outcome.Rejected<Instrument>) {
        return new Accepted<>(before);
      }
      return rules.map(
          known -> {
            FundingPayment payment = new FundingPayment(id, known.symbol(), amount, currency, at);
            return Stream.concat(before.stream(), Stream.of(payment)).toList();
          });
    }
  }
}
