package io.tollgate.rewards;

import io.tollgate.ground.ErrorCode;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.Rewards.RewardType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One tenant as a naive bookkeeper has it, after the words of the contract: exact decimals in maps,
 * and nothing of the code that it is held against. Users are numbers from 0; 0 is the root.
 */
final class NaiveRewards {
  private static final BigDecimal THOUSAND = new BigDecimal(1_000);
  private static final List<BigDecimal> PERFORMANCES =
      List.of(10_000L, 50_000L, 200_000L, 500_000L, 1_000_000L, 3_000_000L, 10_000_000L).stream()
          .map(BigDecimal::valueOf)
          .toList();
  private static final List<String> RATES =
      List.of("0", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8");

  final List<Optional<Integer>> inviters = new ArrayList<>();
  final Card tenant = new Card();
  final List<Card> cards = new ArrayList<>();
  final List<Purse> purses = new ArrayList<>();
  final List<BigDecimal> holdings = new ArrayList<>();
  final List<Boolean> nodes = new ArrayList<>();
  final List<Asked> asked = new ArrayList<>();
  final Map<String, BigDecimal> told = new HashMap<>();
  final Map<String, BigDecimal[]> marks = new HashMap<>();
  boolean highWaterMark;
  boolean wholeTenant;
  BigDecimal revenue = BigDecimal.ZERO;
  BigDecimal paidIn = BigDecimal.ZERO;
  BigDecimal givenIn = BigDecimal.ZERO;
  BigDecimal paidOut = BigDecimal.ZERO;

  /** A line of a card's log. */
  record Line(
      ChangeType type,
      BigDecimal amount,
      BigDecimal beforeSelf,
      BigDecimal afterSelf,
      BigDecimal beforeGift,
      BigDecimal afterGift) {}

  /** A line of a reward log. */
  record Reward(RewardType type, BigDecimal amount, BigDecimal before, BigDecimal after) {}

  /** A card with its log. */
  static final class Card {
    BigDecimal self = BigDecimal.ZERO;
    BigDecimal gift = BigDecimal.ZERO;
    final Deque<BigDecimal> owed = new ArrayDeque<>();
    final List<Line> log = new ArrayList<>();

    BigDecimal owes() {
      return owed.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal of(CardType type) {
      return type == CardType.SELF ? self : gift;
    }

    void move(ChangeType type, BigDecimal selfBy, BigDecimal giftBy) {
      BigDecimal wasSelf = self;
      BigDecimal wasGift = gift;
      self = self.add(selfBy);
      gift = gift.add(giftBy);
      log.add(new Line(type, selfBy.add(giftBy), wasSelf, self, wasGift, gift));
    }

    void move(ChangeType change, CardType type, BigDecimal by) {
      if (type == CardType.SELF) {
        move(change, by, BigDecimal.ZERO);
      } else {
        move(change, BigDecimal.ZERO, by);
      }
    }
  }

  /** Rewards with their log. */
  static final class Purse {
    BigDecimal available = BigDecimal.ZERO;
    BigDecimal held = BigDecimal.ZERO;
    BigDecimal earned = BigDecimal.ZERO;
    BigDecimal withdrawn = BigDecimal.ZERO;
    final List<Reward> log = new ArrayList<>();

    void move(RewardType type, BigDecimal by) {
      BigDecimal was = available;
      available = available.add(by);
      log.add(new Reward(type, by, was, available));
    }
  }

  /** A withdrawal. */
  static final class Asked {
    final int user;
    final BigDecimal amount;
    int status;

    Asked(int user, BigDecimal amount) {
      this.user = user;
      this.amount = amount;
    }

    BigDecimal fee() {
      return amount.multiply(new BigDecimal("0.05")).setScale(2, RoundingMode.HALF_EVEN);
    }
  }

  int add(Optional<Integer> inviter) {
    inviters.add(inviter);
    cards.add(new Card());
    purses.add(new Purse());
    holdings.add(BigDecimal.ZERO);
    nodes.add(false);
    return cards.size() - 1;
  }

  Optional<ErrorCode> recharge(CardType type, BigDecimal amount) {
    tenant.move(type == CardType.SELF ? ChangeType.RECHARGE : ChangeType.GIFT, type, amount);
    if (type == CardType.SELF) {
      paidIn = paidIn.add(amount);
    } else {
      givenIn = givenIn.add(amount);
    }
    return Optional.empty();
  }

  Optional<ErrorCode> give(int user, CardType type, BigDecimal amount) {
    if (tenant.of(type).compareTo(amount) < 0) {
      return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
    }
    tenant.move(ChangeType.GIVEN, type, amount.negate());
    cards
        .get(user)
        .move(type == CardType.SELF ? ChangeType.RECHARGE : ChangeType.GIFT, type, amount);
    payOwed(user, type);
    return Optional.empty();
  }

  Optional<ErrorCode> transfer(int from, int to, CardType type, BigDecimal amount) {
    if (from == to) {
      return Optional.of(ErrorCode.INVALID_REQUEST);
    }
    if (!wholeTenant && !isAbove(from, to) && !isAbove(to, from)) {
      return Optional.of(ErrorCode.FORBIDDEN);
    }
    if (cards.get(from).of(type).compareTo(amount) < 0) {
      return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
    }
    cards.get(from).move(ChangeType.OUT, type, amount.negate());
    cards.get(to).move(ChangeType.IN, type, amount);
    payOwed(to, type);
    return Optional.empty();
  }

  private void payOwed(int user, CardType type) {
    Card card = cards.get(user);
    BigDecimal left = card.owes().min(card.of(type));
    if (left.signum() == 0) {
      return;
    }
    card.move(ChangeType.PROFIT_CHARGE, type, left.negate());
    while (left.signum() > 0) {
      BigDecimal oldest = card.owed.removeFirst();
      BigDecimal part = oldest.min(left);
      if (part.compareTo(oldest) < 0) {
        card.owed.addFirst(oldest.subtract(part));
      }
      left = left.subtract(part);
      if (type == CardType.SELF) {
        distribute(user, part);
      } else {
        revenue = revenue.add(part);
      }
    }
  }

  Optional<ErrorCode> close(int user, String account, String close, BigDecimal profit) {
    BigDecimal before = told.putIfAbsent(account + "/" + close, profit);
    if (before != null) {
      return before.compareTo(profit) == 0 ? Optional.empty() : Optional.of(ErrorCode.CONFLICT);
    }
    BigDecimal shared = profit.max(BigDecimal.ZERO);
    if (highWaterMark) {
      BigDecimal[] mark =
          marks.computeIfAbsent(account, _ -> new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
      mark[0] = mark[0].add(profit);
      shared = mark[0].subtract(mark[1]).max(BigDecimal.ZERO);
      mark[1] = mark[1].max(mark[0]);
    }
    BigDecimal charge = shared.multiply(new BigDecimal("0.3")).setScale(8, RoundingMode.HALF_EVEN);
    if (charge.signum() == 0) {
      return Optional.empty();
    }
    Card card = cards.get(user);
    BigDecimal self = charge.min(card.self);
    BigDecimal gift = charge.subtract(self).min(card.gift);
    BigDecimal owed = charge.subtract(self).subtract(gift);
    card.move(ChangeType.PROFIT_CHARGE, self.negate(), gift.negate());
    revenue = revenue.add(gift);
    if (owed.signum() > 0) {
      card.owed.addLast(owed);
    }
    if (self.signum() > 0) {
      distribute(user, self);
    }
    return Optional.empty();
  }

  /** The priorities of the contract, one by one. */
  private void distribute(int source, BigDecimal pool) {
    BigDecimal technology = share(pool, "0.1");
    BigDecimal network = share(pool, "0.2");
    BigDecimal left = network;
    reward(0, RewardType.TECH_TEAM, technology);
    Optional<Integer> inviter = inviters.get(source);
    boolean holds = inviter.isPresent() && holdings.get(inviter.get()).compareTo(THOUSAND) >= 0;
    BigDecimal direct = share(network, "0.25");
    reward(holds ? inviter.get() : 0, holds ? RewardType.DIRECT : RewardType.DIRECT_UNDIST, direct);
    left = left.subtract(direct);
    BigDecimal paid = BigDecimal.ZERO;
    Optional<Integer> peer = Optional.empty();
    for (Optional<Integer> above = inviter; above.isPresent(); above = inviters.get(above.get())) {
      int node = above.get();
      if (!nodes.get(node)) {
        continue;
      }
      BigDecimal rate = new BigDecimal(RATES.get(level(node)));
      if (rate.compareTo(paid) > 0) {
        BigDecimal part =
            network.multiply(rate.subtract(paid)).setScale(8, RoundingMode.FLOOR).min(left);
        reward(node, RewardType.LEVEL_DIFF, part);
        left = left.subtract(part);
        paid = rate;
      }
      if (peer.isEmpty() && level(source) > 0 && level(node) == level(source)) {
        peer = Optional.of(node);
      }
    }
    BigDecimal peers = share(network, "0.1").min(left);
    reward(peer.orElse(0), peer.isPresent() ? RewardType.PEER : RewardType.PEER_UNDIST, peers);
    left = left.subtract(peers);
    reward(0, RewardType.NETWORK_UNDIST, left);
    reward(0, RewardType.PLATFORM_RETAIN, pool.subtract(technology).subtract(network));
  }

  private static BigDecimal share(BigDecimal of, String rate) {
    return of.multiply(new BigDecimal(rate)).setScale(8, RoundingMode.FLOOR);
  }

  private void reward(int user, RewardType type, BigDecimal amount) {
    if (amount.signum() > 0) {
      purses.get(user).move(type, amount);
      purses.get(user).earned = purses.get(user).earned.add(amount);
    }
  }

  BigDecimal performance(int user) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int other = 0; other < cards.size(); other++) {
      if (isAbove(user, other)) {
        sum = sum.add(holdings.get(other));
      }
    }
    return sum;
  }

  int level(int user) {
    if (holdings.get(user).compareTo(THOUSAND) < 0) {
      return 0;
    }
    BigDecimal team = performance(user);
    return (int) PERFORMANCES.stream().filter(least -> team.compareTo(least) >= 0).count();
  }

  private boolean isAbove(int above, int below) {
    Optional<Integer> next = inviters.get(below);
    while (next.isPresent()) {
      if (next.get() == above) {
        return true;
      }
      next = inviters.get(next.get());
    }
    return false;
  }

  Optional<ErrorCode> apply(int user, BigDecimal amount) {
    if (amount.compareTo(new BigDecimal(50)) < 0) {
      return Optional.of(ErrorCode.INVALID_REQUEST);
    }
    Purse purse = purses.get(user);
    if (purse.available.compareTo(amount) < 0) {
      return Optional.of(ErrorCode.INSUFFICIENT_MEANS);
    }
    purse.move(RewardType.WITHDRAW_FREEZE, amount.negate());
    purse.held = purse.held.add(amount);
    asked.add(new Asked(user, amount));
    return Optional.empty();
  }

  /** 0 to 1 by approving, 0 to 2 by rejecting, 1 to 3 by paying; nothing else. */
  Optional<ErrorCode> step(int which, int to) {
    Asked one = asked.get(which);
    if (one.status != (to == 3 ? 1 : 0)) {
      return Optional.of(ErrorCode.CONFLICT);
    }
    one.status = to;
    Purse purse = purses.get(one.user);
    if (to == 2) {
      purse.held = purse.held.subtract(one.amount);
      purse.move(RewardType.WITHDRAW_REJECT_RETURN, one.amount);
    }
    if (to == 3) {
      purse.held = purse.held.subtract(one.amount);
      purse.withdrawn = purse.withdrawn.add(one.amount);
      revenue = revenue.add(one.fee());
      paidOut = paidOut.add(one.amount.subtract(one.fee()));
    }
    return Optional.empty();
  }

  /** What came in is what is there, somewhere. */
  BigDecimal everything() {
    BigDecimal sum = tenant.self.add(tenant.gift).add(revenue).add(paidOut);
    for (Card card : cards) {
      sum = sum.add(card.self).add(card.gift);
    }
    for (Purse purse : purses) {
      sum = sum.add(purse.available).add(purse.held);
    }
    return sum;
  }
}
