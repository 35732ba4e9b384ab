package io.tollgate.relay.protocols.usage;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import java.util.Optional;

/**
 * What is charged for an answer, and whose count it is.
 *
 * @param reported whether all of it is the upstream's own report
 * @param disbelief why a report was not taken, or not as it stood; an alarm for the operator
 */
public record ChargedUsage(
    TokenUsage usage, boolean reported, Optional<ReportDisbelief> disbelief) {
  /** Nothing was produced: it is free. */
  static final ChargedUsage FREE = new ChargedUsage(TokenUsage.NONE, false, Optional.empty());

  public ChargedUsage {
    requireNonNull(usage, "usage is null");
    requireNonNull(disbelief, "disbelief is null");
  }

  static ChargedUsage reported(TokenUsage usage) {
    return new ChargedUsage(usage, true, Optional.empty());
  }

  static ChargedUsage ofOurs(TokenUsage usage, Optional<ReportDisbelief> disbelief) {
    return new ChargedUsage(usage, false, disbelief);
  }
}
