package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.MATH;
import static io.tollgate.trading.engine.analytics.Decimals.figure;
import static io.tollgate.trading.engine.analytics.Decimals.mean;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What closed positions brought. Sums are exact, means have eight decimals, ratios and hours four,
 * half even. Losses are told as amounts above 0; a ratio to nothing is 0.
 *
 * @param winRate those above 0 among all, in percent, two decimals
 * @param netProfit total profit less total loss
 * @param profitLossRatio average profit over average loss
 * @param profitFactor total profit over total loss; empty without a loss
 * @param avgHoldingHours of those of which both times are known
 * @param maxConsecutiveWins in the order of closing where all closing times are known, else as
 *     given; one that brought nothing ends a row of either
 */
public record TradeFigures(
    int totalTrades,
    int winningTrades,
    int losingTrades,
    int breakEvenTrades,
    BigDecimal winRate,
    BigDecimal totalProfit,
    BigDecimal totalLoss,
    BigDecimal netProfit,
    BigDecimal avgProfit,
    BigDecimal avgLoss,
    BigDecimal maxProfit,
    BigDecimal maxLoss,
    BigDecimal profitLossRatio,
    Optional<BigDecimal> profitFactor,
    BigDecimal avgHoldingHours,
    BigDecimal maxHoldingHours,
    int maxConsecutiveWins,
    int maxConsecutiveLosses) {
  private static final BigDecimal HOUR_MS = BigDecimal.valueOf(3_600_000);

  public TradeFigures {
    requireNonNull(profitFactor, "profitFactor is null");
  }

  /** Those of positions, maybe none. */
  public static TradeFigures of(List<ClosedTrade> trades) {
    List<BigDecimal> brought = inOrder(trades).stream().map(ClosedTrade::pnl).toList();
    List<BigDecimal> gains = brought.stream().filter(each -> each.signum() > 0).toList();
    List<BigDecimal> losses =
        brought.stream().filter(each -> each.signum() < 0).map(BigDecimal::negate).toList();
    BigDecimal profit = sum(gains);
    BigDecimal loss = sum(losses);
    List<BigDecimal> held =
        trades.stream().flatMap(each -> each.held().stream()).map(TradeFigures::hours).toList();
    return new TradeFigures(
        brought.size(),
        gains.size(),
        losses.size(),
        brought.size() - gains.size() - losses.size(),
        Decimals.share(gains.size(), brought.size()),
        profit,
        loss,
        profit.subtract(loss),
        mean(profit, gains.size()),
        mean(loss, losses.size()),
        largest(gains),
        largest(losses),
        figure(
            Decimals.quotient(
                profit.multiply(BigDecimal.valueOf(losses.size())),
                loss.multiply(BigDecimal.valueOf(gains.size())))),
        losses.isEmpty() ? Optional.empty() : Optional.of(figure(profit.divide(loss, MATH))),
        figure(Decimals.quotient(sum(held), BigDecimal.valueOf(held.size()))),
        figure(largest(held)),
        longestRow(brought, 1),
        longestRow(brought, -1));
  }

  private static List<ClosedTrade> inOrder(List<ClosedTrade> trades) {
    boolean known = trades.stream().allMatch(each -> each.closedAt().isPresent());
    return known
        ? trades.stream()
            .sorted(Comparator.comparing(each -> each.closedAt().orElseThrow()))
            .toList()
        : trades;
  }

  private static int longestRow(List<BigDecimal> brought, int sign) {
    int longest = 0;
    int row = 0;
    for (BigDecimal each : brought) {
      row = each.signum() == sign ? row + 1 : 0;
      longest = Math.max(longest, row);
    }
    return longest;
  }

  private static BigDecimal hours(Duration held) {
    return BigDecimal.valueOf(held.toMillis()).divide(HOUR_MS, MATH);
  }

  private static BigDecimal largest(List<BigDecimal> values) {
    return values.stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
