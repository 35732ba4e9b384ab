package io.tollgate.billing.internal.prices;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.metering.Metering;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.UsageQueries.UsageCharge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that each charge is what its price version makes of its usage, computed again from nothing
 * but its row: a count of whatever kind, a tier or a price that was changed afterwards shows.
 */
public final class ChargesExplained implements AuditCheck {
  private static final int MAX_PRICES = 10_000;

  private final UsageQueries usage = Metering.usageQueries();

  @Override
  public String name() {
    return "billing.charge_is_explained";
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    List<AuditFinding> findings = new ArrayList<>();
    Map<String, PriceQuote> quotes = new HashMap<>();
    usage.forEachCharge(
        snapshot,
        scope.since().orElse(Instant.EPOCH),
        charge -> {
          if (findings.size() < scope.maxFindings()) {
            check(charge, quotes, findings);
          }
        });
    return findings;
  }

  private void check(
      UsageCharge charge, Map<String, PriceQuote> quotes, List<AuditFinding> findings) {
    String row = "usage record " + charge.charge();
    String found = "%d for %s".formatted(charge.cost(), charge.usage());
    try {
      if (quotes.size() >= MAX_PRICES) {
        quotes.clear();
      }
      PriceQuote quote =
          quotes.computeIfAbsent(
              charge.priceVersion(), version -> new ListQuote(QuoteVersion.read(version)));
      long price = quote.price(charge.usage(), charge.quotaTokens());
      if (price != charge.cost()) {
        findings.add(
            new AuditFinding(
                name(),
                row,
                "%d by %s with %d tokens of quota"
                    .formatted(price, charge.priceVersion(), charge.quotaTokens()),
                found));
      }
    } catch (IllegalArgumentException e) {
      findings.add(new AuditFinding(name(), row, String.valueOf(e.getMessage()), found));
    }
  }
}
