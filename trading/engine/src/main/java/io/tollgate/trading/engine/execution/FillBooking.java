package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode;
import io.tollgate.trading.engine.execution.LedgerLine.Kind;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.MarketType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What one fill makes of a position and of the exchange's books kept here.
 *
 * @param position as it is then; empty: it reduced what nobody holds
 * @param lines in the order in which they are booked
 * @param unexplained how much of it reduced more than was held
 */
public record FillBooking(
    Optional<HeldPosition> position, List<LedgerLine> lines, BigDecimal unexplained) {
  public FillBooking {
    requireNonNull(position, "position is null");
    lines = List.copyOf(lines);
    requireNonNull(unexplained, "unexplained is null");
  }

  /**
   * Books a fill.
   *
   * @param open the position that is open under the order's key, if any
   * @param newId makes ids of positions
   */
  static FillBooking of(
      OrderTerms terms, Optional<HeldPosition> open, PricedFill priced, Supplier<String> newId) {
    Fill fill = priced.fill();
    return terms.intent().enters()
        ? entered(
            terms, open.orElseGet(() -> HeldPosition.opened(newId.get(), terms, fill.at())), priced)
        : reduced(terms, open, priced);
  }

  private static FillBooking entered(OrderTerms terms, HeldPosition position, PricedFill priced) {
    Fill fill = priced.fill();
    Episode more = position.episode().entered(fill.quantity(), fill.price());
    boolean spot = terms.position().market() == MarketType.SPOT;
    boolean inBase = spot && fill.feeCurrency().equals(fill.symbol().base());
    Episode charged = inBase ? more.chargedInBase(fill.fee()) : more.charged(priced.feeInQuote());
    List<LedgerLine> lines = new ArrayList<>();
    if (spot) {
      lines.add(new LedgerLine(Kind.TRADE_BUY, fill.symbol().quote(), value(fill).negate()));
    }
    addFee(lines, fill);
    return new FillBooking(
        Optional.of(position.with(charged, terms.levels().over(position.levels()))),
        lines,
        BigDecimal.ZERO);
  }

  private static FillBooking reduced(
      OrderTerms terms, Optional<HeldPosition> open, PricedFill priced) {
    Fill fill = priced.fill();
    boolean spot = terms.position().market() == MarketType.SPOT;
    List<LedgerLine> lines = new ArrayList<>();
    if (spot) {
      lines.add(new LedgerLine(Kind.TRADE_SELL, fill.symbol().quote(), value(fill)));
    }
    if (open.isEmpty()) {
      addFee(lines, fill);
      return new FillBooking(Optional.empty(), lines, fill.quantity());
    }
    HeldPosition position = open.get();
    Episode before = position.episode();
    BigDecimal less = fill.quantity().min(before.quantity());
    boolean dust = spot && before.quantity().subtract(less).compareTo(priced.step()) < 0;
    Episode after =
        (dust ? before.finished(less, fill.price()) : before.reduced(less, fill.price()))
            .charged(priced.feeInQuote());
    if (!spot) {
      lines.add(
          new LedgerLine(
              Kind.REALIZED_PNL, fill.symbol().quote(), after.gross().subtract(before.gross())));
    }
    addFee(lines, fill);
    HeldPosition next = position.with(after, position.levels());
    CloseReason reason = terms.closeReason().orElse(CloseReason.SIGNAL);
    return new FillBooking(
        Optional.of(after.isFlat() ? next.closedBy(reason, fill.at()) : next),
        lines,
        fill.quantity().subtract(less));
  }

  private static BigDecimal value(Fill fill) {
    return fill.quantity().multiply(fill.price());
  }

  private static void addFee(List<LedgerLine> lines, Fill fill) {
    if (fill.fee().signum() != 0) {
      lines.add(new LedgerLine(Kind.FEE, fill.feeCurrency(), fill.fee().negate()));
    }
  }
}
