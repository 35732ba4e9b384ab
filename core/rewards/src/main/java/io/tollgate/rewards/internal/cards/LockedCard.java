package io.tollgate.rewards.internal.cards;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.Points;
import java.util.Optional;

/**
 * A card whose accounts this transaction has locked, with what it has on it.
 *
 * @param owed the account of what is owed; there once something was
 */
public record LockedCard(
    Holder holder, AccountId self, AccountId gift, Optional<AccountId> owed, PointCard card) {
  public LockedCard {
    requireNonNull(holder, "holder is null");
    requireNonNull(self, "self is null");
    requireNonNull(gift, "gift is null");
    requireNonNull(owed, "owed is null");
    requireNonNull(card, "card is null");
  }

  /** The account of one balance. */
  public AccountId account(CardType type) {
    return switch (type) {
      case SELF -> self;
      case GIFT -> gift;
    };
  }

  /**
   * Refuses what would bring the card above {@link Points#MOST_ON_CARD}.
   *
   * @param more at most {@link Points#MOST}
   */
  void requireRoom(Amount more) {
    long room = Points.MOST_ON_CARD.units() - card.total().units();
    if (more.units() > room) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "amount: "
              + more.toPlainString()
              + " (expected: at most "
              + new Amount(Points.ASSET, Math.max(0, room)).toPlainString()
              + ", which the card takes besides)");
    }
  }

  /** The same card after a posting that moved its balances by so many units. */
  public LockedCard after(long selfUnits, long giftUnits, long owedUnits) {
    return new LockedCard(
        holder,
        self,
        gift,
        owed,
        new PointCard(
            plus(card.self(), selfUnits),
            plus(card.gift(), giftUnits),
            plus(card.owed(), owedUnits)));
  }

  /** The same where one balance has moved. */
  LockedCard after(CardType type, long units) {
    return switch (type) {
      case SELF -> after(units, 0, 0);
      case GIFT -> after(0, units, 0);
    };
  }

  private static Amount plus(Amount amount, long units) {
    return new Amount(Points.ASSET, Math.addExact(amount.units(), units));
  }
}
