package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.FundingPayment;
import io.tollgate.trading.exchange.LeverageBracket;
import io.tollgate.trading.exchange.LeverageBracket.Unit;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingFees;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.NewestFirst;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** What trading costs at Gate. */
final class GateCosts implements AccountCosts {
  private static final int PAGE = 1000;
  private static final Pattern CONTRACT = Pattern.compile("[A-Z0-9]{1,20}_USDT");

  private final GateCalls calls;
  private final Signer signer;

  GateCosts(GateCalls calls, Signer signer) {
    this.calls = calls;
    this.signer = signer;
  }

  @Override
  public Outcome<TradingFees> fees(Symbol symbol) {
    Query query = new Query().with("currency_pair", symbol.joinedBy("_"));
    String market = calls.isSpot() ? "" : "futures_";
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v4/wallet/fee", query),
        row -> new TradingFees(row.number(market + "maker_fee"), row.number(market + "taker_fee")));
  }

  @Override
  public Outcome<List<FundingPayment>> fundingPayments(Instant since) {
    if (calls.isSpot()) {
      return new Accepted<>(List.of());
    }
    AtomicLong offset = new AtomicLong();
    return NewestFirst.<Optional<FundingPayment>>all(
            _ -> page(since, offset.getAndAdd(PAGE)), PAGE, _ -> false)
        .map(rows -> rows.reversed().stream().flatMap(Optional::stream).toList());
  }

  /** Of what is traded here; the others are nobody's, so that a full page stays one. */
  private Outcome<List<Optional<FundingPayment>>> page(Instant since, long offset) {
    Query query =
        new Query()
            .with("type", "fund")
            .with("from", since.getEpochSecond())
            .with("offset", offset)
            .with("limit", PAGE);
    return ExchangeCaller.reading(
        calls.get(signer, calls.site().path("account_book"), query),
        fields -> fields.items().stream().map(GateCosts::payment).toList());
  }

  private static Optional<FundingPayment> payment(Fields row) {
    String contract = row.find("contract").orElse("");
    if (!CONTRACT.matcher(contract).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FundingPayment(
            // not every row has an id; nobody is charged twice for a contract at one time
            row.find("id").filter(id -> !id.isEmpty()).orElse(contract + " " + row.text("time")),
            new Symbol(contract.substring(0, contract.indexOf('_')), "USDT"),
            row.number("change"),
            "USDT",
            row.seconds("time")));
  }

  @Override
  public Outcome<List<LeverageBracket>> leverageBrackets(Symbol symbol) {
    if (calls.isSpot()) {
      return new Accepted<>(List.of());
    }
    Query query = new Query().with("contract", calls.site().name(symbol)).with("limit", PAGE);
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("risk_limit_tiers"), query),
        fields ->
            fields.items().stream()
                .map(
                    row ->
                        new LeverageBracket(
                            row.number("risk_limit"),
                            Unit.QUOTE,
                            row.number("leverage_max"),
                            row.number("maintenance_rate")))
                .sorted(Comparator.comparing(LeverageBracket::upTo))
                .toList());
  }
}
