package io.tollgate.rewards;

import io.tollgate.ground.Amount;

/**
 * What somebody has on the point card.
 *
 * @param self paid for
 * @param gift given for nothing
 * @param owed profit share that neither covered, taken from the next credit of either; not below 0
 */
public record PointCard(Amount self, Amount gift, Amount owed) {
  public static final PointCard EMPTY = new PointCard(Points.ZERO, Points.ZERO, Points.ZERO);

  public PointCard {
    self = Points.requirePoints("self", self);
    gift = Points.requirePoints("gift", gift);
    owed = Points.requirePoints("owed", owed);
  }

  /** Self and gift together. */
  public Amount total() {
    return new Amount(Points.ASSET, Math.addExact(self.units(), gift.units()));
  }

  /** One of the two. */
  public Amount of(CardType type) {
    return switch (type) {
      case SELF -> self;
      case GIFT -> gift;
    };
  }

  /**
   * Whether bindings that want this much on the card take no new entries: something is owed, or
   * self and gift together are less.
   */
  public boolean pauses(Amount minPointCard) {
    return owed.isPositive() || total().compareTo(minPointCard) < 0;
  }
}
