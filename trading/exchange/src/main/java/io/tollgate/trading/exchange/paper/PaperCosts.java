package io.tollgate.trading.exchange.paper;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.FundingPayment;
import io.tollgate.trading.exchange.LeverageBracket;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingFees;
import java.time.Instant;
import java.util.List;

/** What trading costs on paper: the stated fee; nothing is paid for holding, nothing liquidated. */
record PaperCosts(PaperTerms terms) implements AccountCosts {
  @Override
  public Outcome<TradingFees> fees(Symbol symbol) {
    return new Accepted<>(new TradingFees(terms.fee(), terms.fee()));
  }

  @Override
  public Outcome<List<FundingPayment>> fundingPayments(Instant since) {
    return new Accepted<>(List.of());
  }

  @Override
  public Outcome<List<LeverageBracket>> leverageBrackets(Symbol symbol) {
    return new Accepted<>(List.of());
  }
}
