package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/**
 * An answer that a provider makes in the background, as it tells how it stands.
 *
 * @param id the provider's; empty where it names none
 * @param usage what is charged for it, once it has ended: as reported, else as counted
 * @param tier the service tier that served, where it is named
 */
public record KeptAnswer(
    Optional<String> id, State state, ChargedUsage usage, Optional<ServiceTier> tier) {
  public KeptAnswer {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(usage, "usage is null");
    requireNonNull(tier, "tier is null");
  }

  /** How it stands. */
  public enum State {
    /** It is being made, or waits to be. */
    RUNNING,
    /** It has ended with an answer, maybe a short one, or was ended by its caller. */
    ENDED,
    /** It has ended with an error. */
    FAILED,
    /** What came is none. */
    UNREADABLE
  }
}
