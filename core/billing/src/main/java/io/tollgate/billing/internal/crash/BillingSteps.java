package io.tollgate.billing.internal.crash;

import io.tollgate.ground.crash.NamedDeath;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where billing says which step it has reached. Does nothing, unless the process was started with a
 * step to die at ({@link NamedDeath}). Safe for use by many threads.
 */
@FunctionalInterface
public interface BillingSteps {
  /** Steps of charges for services begin so; these read the variable themselves. */
  String OF_SERVICES = "billing-service-";

  /** Goes on whatever is reached. */
  BillingSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(BillingStep step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when it names a step of billing that is not there
   */
  static BillingSteps of(Map<String, String> environment, IntConsumer halt) {
    if (environment.getOrDefault(NamedDeath.VARIABLE, "").startsWith(OF_SERVICES)) {
      return NONE;
    }
    return NamedDeath.of(environment, BillingStep.PREFIX, BillingStep.codes(), halt)
        .map(death -> (BillingSteps) step -> death.accept(step.code()))
        .orElse(NONE);
  }
}
