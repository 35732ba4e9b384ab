package io.tollgate.ledger.internal;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
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
  final long accountSeq;
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

  String describe(long units) {
    return new Amount(asset, units).toString();
  }
}
