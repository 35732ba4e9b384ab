package io.tollgate.ledger;

import java.util.Locale;

/** What an account is for; decides its floor and which side of the books it stands on. */
public enum AccountKind {
  /** Money a user has paid in. Floor 0, lower with a credit line. */
  BALANCE,
  /** A quota or credit given for a time: one account per grant. Floor 0. */
  GRANT,
  /** Credit given by hand without an end. Used before the balance. Floor 0. */
  GIFT,
  /** What a user owes beyond their means: a credit that the ledger carries. No floor. */
  OWED,
  /**
   * What may still be spent under a spend limit in one window of time: an allowance, in an asset of
   * its own, that every charge under the limit uses up beside the money that pays. Floor 0.
   */
  LIMIT,
  /** What a tenant has earned, or tokens and calls used up. Sharded. Floor 0. */
  REVENUE,
  /**
   * Payments that were kept apart, because they belong to no open order or are not what was asked
   * for: nobody's money to spend, until it is given back. Floor 0.
   */
  SUSPENSE,
  /** Points a tenant or user has paid for; pay shares of profits, and no requests. Floor 0. */
  POINT_SELF,
  /** Points a tenant or user was given. Floor 0. */
  POINT_GIFT,
  /** Shares of profits that a user's points did not cover. No floor. */
  POINT_OWED,
  /** What users owe their tenant in points, until they pay it. Sharded. Floor 0. */
  POINT_DUE,
  /** Shares of profits that are to be distributed. Sharded. Floor 0. */
  PROFIT_POOL,
  /** Rewards of a user, to be withdrawn. Floor 0. */
  REWARD,
  /** The outside world: money paid in. No floor. Sharded. */
  WORLD_PAYMENTS,
  /** The outside world: what was given for nothing, and where it goes when it expires. No floor. */
  WORLD_GRANTS,
  /** The outside world: what upstreams cost. No floor. */
  WORLD_UPSTREAM,
  /** Where allowances of spend limits come from, and go when they are used or expire. No floor. */
  WORLD_LIMITS;

  /** Whether a user pays requests from it. */
  public boolean isMeans() {
    return switch (this) {
      case BALANCE, GIFT, GRANT -> true;
      case OWED,
          LIMIT,
          REVENUE,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_OWED,
          POINT_DUE,
          PROFIT_POOL,
          REWARD,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          false;
    };
  }

  /** Whether it is an account in points, which pays neither requests nor their debts. */
  public boolean isOfPoints() {
    return switch (this) {
      case POINT_SELF, POINT_GIFT, POINT_OWED, POINT_DUE, PROFIT_POOL, REWARD -> true;
      case BALANCE,
          GRANT,
          GIFT,
          OWED,
          LIMIT,
          REVENUE,
          SUSPENSE,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          false;
    };
  }

  /** As stored and as interfaces show it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
