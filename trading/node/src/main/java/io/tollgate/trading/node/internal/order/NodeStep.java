package io.tollgate.trading.node.internal.order;

import io.tollgate.ground.crash.NamedDeath;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The steps of a task after which a node can be made to die, for tests of what is left then. Each
 * is reached right after what its name says.
 */
public enum NodeStep {
  /** Everything is decided, and nothing written. */
  PLANNED,
  /** The intent is on disk; nothing has been sent. */
  INTENT_WRITTEN,
  /** It is known how the order ended; this process alone knows it. */
  PLACED,
  /** The result is on disk; the caller does not have it. */
  RESULT_WRITTEN,
  /** The journal is on disk anew, and the old one still stands for it. */
  JOURNAL_REWRITTEN;

  private static final String PREFIX = "node-";

  /** The step's name in lower case with dashes. */
  public String code() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Is told of each step that is reached, as the environment has it. May not return.
   *
   * @param halt ends the process at once: {@code Runtime::halt}
   */
  public static Consumer<NodeStep> told(Map<String, String> environment, IntConsumer halt) {
    return NamedDeath.of(
            environment, PREFIX, Arrays.stream(values()).map(NodeStep::code).toList(), halt)
        .<Consumer<NodeStep>>map(tell -> step -> tell.accept(step.code()))
        .orElse(_ -> {});
  }
}
