package io.tollgate.edge.merchant;

import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.Moved;
import io.tollgate.rewards.PointCards.PointTransfer;
import io.tollgate.rewards.PointCards.UserRecharge;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Point cards: the merchant's own, giving to users, and from user to user. */
final class PointCalls {
  static final Sentence TYPE = new Sentence("1 自有，2 赠送", "1 (self) or 2 (gift)");

  private static final String RECHARGE = "/merchant/user/recharge";
  private static final String TRANSFER = "/merchant/user/transfer-point-card";

  private final Transactions transactions;
  private final Users users;
  private final PointCards cards;
  private final FirstAnswers answers;

  PointCalls(Contexts contexts, FirstAnswers answers) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.cards = contexts.cards();
    this.answers = answers;
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.get("/merchant/balance", this::balance),
        MerchantCall.moving(RECHARGE, this::recharge),
        MerchantCall.moving(TRANSFER, this::transfer));
  }

  private String balance(Caller caller, Parameters parameters) {
    PointCard card = transactions.read(transaction -> cards.ofTenant(transaction, caller.id()));
    return Data.of(new Balance(card.self(), card.gift(), card.total()));
  }

  private String recharge(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    Amount amount = parameters.requirePoints("amount");
    CardType type = CardType.of("type", parameters.choice("type", 2, TYPE, 1, 2));
    return Caller.explaining(
        Map.of(
            ErrorCode.INSUFFICIENT_MEANS,
            new Sentence("商户点卡余额不足", "the merchant's own points of this type do not cover it")),
        () ->
            answers.once(
                caller,
                RECHARGE,
                List.of(comparable(email), amount.toPlainString(), type.code()),
                transaction -> {
                  User user = caller.user(transaction, users, email);
                  Given given =
                      cards.give(
                          transaction,
                          new UserRecharge(
                              caller.id(), user.id(), type, amount, "", Optional.empty()));
                  return Data.of(Recharged.of(given));
                }));
  }

  private String transfer(Caller caller, Parameters parameters) {
    String from = parameters.requireEmail("from_email");
    String to = parameters.requireEmail("to_email");
    Amount amount = parameters.requirePoints("amount");
    CardType type = CardType.of("type", parameters.choice("type", 1, TYPE, 1, 2));
    return Caller.explaining(
        Map.of(
            ErrorCode.INSUFFICIENT_MEANS,
            new Sentence("转出方点卡余额不足，或有未结清的分成", "the giver has fewer points, or owes some"),
            ErrorCode.FORBIDDEN,
            new Sentence(
                "双方不在同一邀请线上",
                "neither of them was invited by the other, directly or through others")),
        () ->
            answers.once(
                caller,
                TRANSFER,
                List.of(comparable(from), comparable(to), amount.toPlainString(), type.code()),
                transaction -> {
                  User giver = caller.user(transaction, users, from);
                  User taker = caller.user(transaction, users, to);
                  if (giver.id().equals(taker.id())) {
                    throw MerchantFault.invalid(
                        Sentence.wrong(
                            "to_email", to, new Sentence("另一位用户", "another user than from_email")));
                  }
                  Moved moved =
                      cards.transfer(
                          transaction,
                          new PointTransfer(
                              caller.id(),
                              giver.id(),
                              taker.id(),
                              type,
                              amount,
                              "",
                              Optional.empty()));
                  return Data.of(
                      Transferred.of(giver, taker, type, caller.says(name(type)), moved));
                }));
  }

  static Sentence name(CardType type) {
    return switch (type) {
      case SELF -> new Sentence("自有点卡", "self");
      case GIFT -> new Sentence("赠送点卡", "gift");
    };
  }

  /** An address as it decides whether two requests are the same. */
  static String comparable(String email) {
    return email.toLowerCase(java.util.Locale.ROOT);
  }

  private record Balance(Amount pointCardSelf, Amount pointCardGift, Amount pointCardTotal) {}

  /**
   * Points given by the merchant ("agent") to a user ("member").
   *
   * @param pointCardSelf of the member, after
   */
  private record Recharged(
      Amount amount,
      Amount agentBeforeTotal,
      Amount agentAfterTotal,
      Amount memberBeforeTotal,
      Amount memberAfterTotal,
      Amount agentPointCardSelf,
      Amount agentPointCardGift,
      Amount memberPointCardSelf,
      Amount memberPointCardGift,
      Amount pointCardSelf,
      Amount pointCardGift) {
    static Recharged of(Given given) {
      return new Recharged(
          given.amount(),
          given.tenantBefore().total(),
          given.tenantAfter().total(),
          given.userBefore().total(),
          given.userAfter().total(),
          given.tenantAfter().self(),
          given.tenantAfter().gift(),
          given.userAfter().self(),
          given.userAfter().gift(),
          given.userAfter().self(),
          given.userAfter().gift());
    }
  }

  private record Transferred(
      Optional<String> fromEmail,
      Optional<String> toEmail,
      int type,
      String typeName,
      Amount amount,
      Amount fromSelfAfter,
      Amount fromGiftAfter,
      Amount toSelfAfter,
      Amount toGiftAfter) {
    static Transferred of(User giver, User taker, CardType type, String name, Moved moved) {
      return new Transferred(
          giver.email(),
          taker.email(),
          type.number(),
          name,
          moved.amount(),
          moved.fromAfter().self(),
          moved.fromAfter().gift(),
          moved.toAfter().self(),
          moved.toAfter().gift());
    }
  }
}
