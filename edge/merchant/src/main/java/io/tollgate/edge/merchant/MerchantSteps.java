package io.tollgate.edge.merchant;

import io.tollgate.ground.crash.NamedDeath;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Where calls that move money say which step they have reached. Does nothing, unless the process
 * was started with a step to die at ({@link NamedDeath}). Safe for use by many threads.
 */
@FunctionalInterface
interface MerchantSteps {
  /** Goes on whatever is reached. */
  MerchantSteps NONE = step -> {};

  /** This step was reached. May not return. */
  void reach(MerchantStep step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   * @throws IllegalArgumentException when it names a step of this interface that is not there
   */
  static MerchantSteps of(Map<String, String> environment, IntConsumer halt) {
    return NamedDeath.of(environment, MerchantStep.PREFIX, MerchantStep.codes(), halt)
        .map(death -> (MerchantSteps) step -> death.accept(step.code()))
        .orElse(NONE);
  }
}
