package io.tollgate.billing.internal.subscriptions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Where renewals say which step they have reached. Does nothing, unless the process was started
 * with a step of theirs to die at.
 */
@FunctionalInterface
public interface SubscriptionSteps {
  /** What the names of these steps begin with. */
  String PREFIX = "billing-renewal-";

  /** The environment variable that metering has its steps in too. */
  String VARIABLE = "TOLLGATE_CRASH_AT";

  /** What a shell says of a process that was killed by signal 9. */
  int EXIT_CODE = 137;

  /** Goes on whatever is reached. */
  SubscriptionSteps NONE = step -> {};

  /** A step at which tests make a process die. */
  enum At {
    /** What is due is booked within its transaction, and not committed. */
    BOOKING,
    /** It is committed; this process has not noted it. */
    BOOKED;

    String code() {
      return PREFIX + name().toLowerCase(Locale.ROOT);
    }
  }

  /** This step was reached. May not return. */
  void reach(At step);

  /**
   * As the environment has it.
   *
   * @param halt ends the process at once, without shutdown hooks: {@code Runtime::halt}
   */
  static SubscriptionSteps of(Map<String, String> environment, IntConsumer halt) {
    String text = environment.getOrDefault(VARIABLE, "");
    Optional<At> chosen =
        Arrays.stream(At.values()).filter(step -> step.code().equals(text)).findFirst();
    return chosen
        .<SubscriptionSteps>map(
            at ->
                step -> {
                  if (step == at) {
                    halt.accept(EXIT_CODE);
                  }
                })
        .orElse(NONE);
  }
}
