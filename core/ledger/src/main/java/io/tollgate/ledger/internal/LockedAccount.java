package io.tollgate.ledger.internal;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.OptionalLong;

/**
 * One row of an account (one shard), locked by this transaction, with its balance as decided so
 * far. Confined to the transaction's thread.
 */
final class LockedAccount {
  final long id;
  final int shard;
  final long tenant;
  final Asset asset;
  final boolean hot;
  final OptionalLong floor;
  long accountSeq;
  long balance;
  long held;

  LockedAccount(
      long id,
      int shard,
      long tenant,
      Asset asset,
      boolean hot,
      OptionalLong floor,
      long accountSeq,
      long balance,
      long held) {
    this.id = id;
    this.shard = shard;
    this.tenant = tenant;
    this.asset = asset;
    this.hot = hot;
    this.floor = floor;
    this.accountSeq = accountSeq;
    this.balance = balance;
    this.held = held;
  }

  /** What can be taken from this shard; meaningful only where there is a floor. */
  long available() {
    return Math.subtractExact(Math.subtractExact(balance, held), floor.orElse(0));
  }

  /**
   * Checks what has been decided so far.
   *
   * @throws Refusal when the balance does not cover what is taken and held
   * @throws IllegalArgumentException when more was released than is held
   */
  void requireCovered() {
    if (held < 0) {
      throw new IllegalArgumentException(
          "account " + id + ": held " + held + " after the release (expected: >= 0)");
    }
    if (floor.isPresent() && available() < 0) {
      throw new Refusal(
          ErrorCode.INSUFFICIENT_MEANS,
          "account "
              + id
              + ": "
              + describe(available())
              + " left (expected: at least "
              + describe(0)
              + ")");
    }
  }

  static Refusal doesNotFit(ArithmeticException cause) {
    return new Refusal(ErrorCode.INVALID_REQUEST, "the amount does not fit the account", cause);
  }

  String describe(long units) {
    return new Amount(asset, units).toString();
  }
}
