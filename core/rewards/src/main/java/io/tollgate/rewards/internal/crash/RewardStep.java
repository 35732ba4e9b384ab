package io.tollgate.rewards.internal.crash;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The steps of rewards at which tests make a process die. */
public enum RewardStep {
  /** Points are posted within their transaction, and not committed. */
  POINTS_BOOKING,
  /** They are committed; nobody has been told. */
  POINTS_BOOKED,
  /** A profit is charged within its transaction, and not committed. */
  PROFIT_BOOKING,
  /** The charge is committed; its pool is not distributed. */
  PROFIT_BOOKED,
  /** A pool is distributed within its transaction, and not committed. */
  POOL_BOOKING,
  /** It is committed; nobody has been told. */
  POOL_BOOKED,
  /** A withdrawal took a step within its transaction, and it is not committed. */
  WITHDRAWAL_BOOKING,
  /** The step is committed; nobody has been told. */
  WITHDRAWAL_BOOKED;

  /** What the codes begin with. */
  static final String PREFIX = "rewards-";

  /** The step's name in lower case with dashes, after {@code rewards-}. */
  public String code() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(RewardStep::code).toList();
  }
}
