package io.tollgate.metering.internal.database.books;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Who pays a charge once the accounts that were not there in time pay after all: each as far as it
 * has something now, in the place of those that come after it, the last of them first. Pure.
 *
 * @param pays what each account pays, in paying order; those that were passed over are among them
 * @param price what is left to be paid with money
 * @param uncovered part of it that nobody pays
 */
public record LateSplit(Map<AccountId, Long> pays, long price, long uncovered) {
  public LateSplit {
    pays = new LinkedHashMap<>(pays);
  }

  /**
   * @param quota whether an account pays in tokens
   * @param available what an account has now
   * @param payable tokens of the usage that are to be paid for
   * @param price what the usage costs when so many tokens of it are paid by quotas
   */
  public static LateSplit of(
      Result result,
      Predicate<AccountId> quota,
      ToLongFunction<AccountId> available,
      long payable,
      LongUnaryOperator price) {
    List<Payer> tokens = new ArrayList<>();
    List<Payer> money = new ArrayList<>();
    for (Leg leg : result.legs()) {
      if (leg.kind() != LegKind.LIMIT) {
        (quota.test(leg.account()) ? tokens : money).add(new Payer(leg, available));
      }
    }
    long before = sum(tokens);
    long open = payable - before;
    long after = before + open - take(tokens, open);
    long cost = after == before ? result.price() : price.applyAsLong(after);
    long uncovered = result.uncovered() - giveBack(money, result.price() - cost, result);
    uncovered = take(money, uncovered);
    Map<AccountId, Long> pays = new LinkedHashMap<>();
    tokens.forEach(payer -> pays.merge(payer.account, payer.units, Math::addExact));
    money.forEach(payer -> pays.merge(payer.account, payer.units, Math::addExact));
    return new LateSplit(pays, cost, uncovered);
  }

  /**
   * Has those pay that were passed over.
   *
   * @param open units that nobody of these pays
   * @return what is left of that
   */
  private static long take(List<Payer> payers, long open) {
    long rest = open;
    for (int i = 0; i < payers.size(); i++) {
      Payer payer = payers.get(i);
      List<Payer> later = payers.subList(i + 1, payers.size());
      long units = Math.min(payer.missed, Math.addExact(rest, sum(later)));
      payer.units += units;
      long fromOpen = Math.min(rest, units);
      rest -= fromOpen;
      spare(later, units - fromOpen);
    }
    return rest;
  }

  /** A lower price: what nobody paid falls first, then what was paid last. */
  private static long giveBack(List<Payer> money, long units, Result result) {
    long fromUncovered = Math.min(result.uncovered(), units);
    spare(money, units - fromUncovered);
    return fromUncovered;
  }

  private static void spare(List<Payer> payers, long units) {
    long rest = units;
    for (Payer payer : payers.reversed()) {
      long less = Math.min(payer.units, rest);
      payer.units -= less;
      rest -= less;
    }
  }

  private static long sum(List<Payer> payers) {
    long sum = 0;
    for (Payer payer : payers) {
      sum = Math.addExact(sum, payer.units);
    }
    return sum;
  }

  private static final class Payer {
    private final AccountId account;

    /** What it should have paid and has now. */
    private final long missed;

    private long units;

    Payer(Leg leg, ToLongFunction<AccountId> available) {
      boolean passedOver = leg.kind() == LegKind.PASSED_OVER;
      account = leg.account();
      units = passedOver ? 0 : leg.units();
      missed = passedOver ? Math.clamp(available.applyAsLong(account), 0, leg.units()) : 0;
    }
  }
}
