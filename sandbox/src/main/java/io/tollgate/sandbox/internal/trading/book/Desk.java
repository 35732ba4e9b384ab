package io.tollgate.sandbox.internal.trading.book;

/** One market's trading. Every method books into {@code changes}, or refuses before anything is. */
public interface Desk {
  /**
   * Takes an order.
   *
   * @throws Refusal when it breaks a rule
   */
  Order place(OrderRequest request, PartialFill partial, Changes changes);

  /**
   * Takes an open order back.
   *
   * @throws Refusal when it is filled instead, as it was steered to be
   */
  void cancel(Order order, Changes changes);

  /** Fills what is left of an open order at its limit, or at the market. */
  void fillRest(Order order, Changes changes);

  /** Fills what is left of a resting order at its limit; it was there first. */
  void touch(Order order, Changes changes);
}
