package io.tollgate.relay.protocols;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/**
 * Tells what an answer has used so far, and what is charged for it. Confined to one thread at a
 * time.
 */
public interface UsageTap {
  /**
   * The id under which the upstream keeps the answer, once it is known: for an answer that passes
   * in its own protocol.
   */
  default Optional<String> keptId() {
    return Optional.empty();
  }

  /** The service tier that served, where the upstream named one. */
  Optional<ServiceTier> servedTier();

  /** Whether the upstream said that a filter of its own stopped the answer. */
  default boolean filtered() {
    return false;
  }

  /** Whether anything was produced: text, a refusal, a tool call. */
  boolean contentSeen();

  /** Output tokens of what has come so far, counted by us; costs some microseconds. */
  long countedOutput();

  /**
   * A free estimate of the same, usually some hundred tokens too high: to see whether it is time to
   * compare {@link #countedOutput} with a reservation.
   */
  long roughOutput();

  /**
   * What is charged for the answer as far as it came, whole or broken: the upstream's report where
   * it can be true, else what we counted; nothing when nothing was produced.
   */
  ChargedUsage charged();

  /**
   * What is charged for an answer that its caller left before its end: the upstream bills the input
   * in any case. Its report, else the counted input and the output so far.
   */
  ChargedUsage chargedSoFar();
}
