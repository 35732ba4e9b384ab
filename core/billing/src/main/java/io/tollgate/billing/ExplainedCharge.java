package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.prices.ChargeLines;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Amount;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A charge, line by line, by the price version that is kept with it: what each kind of usage costs,
 * and what free quota paid of it. The lines add up to the charge, to the last digit.
 *
 * @param lines in the order of the kinds
 * @param full what all of it costs, without quota: the sum of the lines
 * @param quotaTokens tokens that free quota paid
 * @param byQuota what that takes off
 * @param charge full less by quota
 */
public record ExplainedCharge(
    List<Line> lines, Amount full, long quotaTokens, Amount byQuota, Amount charge) {
  public ExplainedCharge {
    lines = List.copyOf(lines);
    requireNonNull(full, "full is null");
    requireNonNull(byQuota, "byQuota is null");
    requireNonNull(charge, "charge is null");
  }

  /**
   * What one kind of usage costs.
   *
   * @param perMillion the list's price of a million, whole units of the currency
   * @param multiplier by what it is multiplied: the tenant's, the user's and the part's
   * @param amount count × price / 1,000,000 × multiplier, rounded so that the lines add up
   */
  public record Line(
      UsageKind kind, long count, BigDecimal perMillion, BigDecimal multiplier, Amount amount) {
    public Line {
      requireNonNull(kind, "kind is null");
      requireNonNull(perMillion, "perMillion is null");
      requireNonNull(multiplier, "multiplier is null");
      requireNonNull(amount, "amount is null");
    }
  }

  /**
   * Explains a charge.
   *
   * @param version as it is kept with the charge
   * @return nothing where this build cannot read the version
   */
  public static Optional<ExplainedCharge> of(String version, TokenUsage usage, long quotaTokens) {
    return ChargeLines.explain(version, usage, quotaTokens);
  }
}
