package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.node.internal.task.OpenedTask;
import io.tollgate.trading.node.internal.task.OrderWish;
import java.util.Optional;

/** Tells positions apart by what the exchange says of them. */
public final class HeldPositions {
  private final Sites sites;

  public HeldPositions(Sites sites) {
    this.sites = requireNonNull(sites, "sites is null");
  }

  /**
   * What tells the position that a wish closes from others of the account, earlier ones too; empty
   * when there is none. The task's key is as it was.
   */
  public Outcome<Optional<String>> which(OrderWish wish, OpenedTask task) {
    TradingAccount account = sites.open(task);
    String pair = wish.symbol() + " " + wish.closes();
    if (task.account().market() == MarketType.SPOT) {
      return OrderPlanner.held(wish, task.account(), account)
          .map(
              held ->
                  Optional.of(held)
                      .filter(quantity -> quantity.signum() > 0)
                      .map(quantity -> pair + " " + quantity.toPlainString()));
    }
    return account
        .positions()
        .map(
            positions ->
                OrderPlanner.closed(positions, wish).map(position -> text(pair, position)));
  }

  private static String text(String pair, Position position) {
    return pair
        + " "
        + position.quantity().stripTrailingZeros().toPlainString()
        + " at "
        + position.entryPrice().stripTrailingZeros().toPlainString();
  }
}
