package io.tollgate.billing.internal.recharge;

/** Where recharging says which step it has reached. Does nothing but in tests. */
@FunctionalInterface
public interface RechargeSteps {
  /** Goes on whatever is reached. */
  RechargeSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(RechargeStep step);
}
