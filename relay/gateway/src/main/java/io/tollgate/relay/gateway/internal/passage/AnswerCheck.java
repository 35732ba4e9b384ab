package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.ground.Refusal;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at an answer that was held back, before its caller gets any of it. */
public interface AnswerCheck {
  /**
   * @param answer what the caller is to get, all of it; empty where it was too large to be held
   * @param verdict is told once, on the loop: why the caller does not get it, or nothing
   */
  void check(Optional<byte[]> answer, Consumer<Optional<Refusal>> verdict);
}
