package io.tollgate.trading.exchange;

import java.util.Optional;

/** What an exchange tells of an account by itself. */
public sealed interface AccountEvent {
  /** An order is new, was filled in part or whole, or ended. */
  record OrderChanged(OrderState order, Optional<Fill> fill) implements AccountEvent {}

  /**
   * Whatever happened until now may not have been told: orders and fills are to be asked for. Comes
   * first, and after each interruption.
   */
  record Gap(String why) implements AccountEvent {}
}
