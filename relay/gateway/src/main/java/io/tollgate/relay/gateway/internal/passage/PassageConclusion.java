package io.tollgate.relay.gateway.internal.passage;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/**
 * How a passage ended: what is charged, and what the caller gets after it.
 *
 * @param reported whether the upstream reported the usage
 * @param served the service tier that the upstream named, if it did
 * @param status as the caller is answered; 499 when they hung up
 */
public record PassageConclusion(
    TokenUsage usage,
    boolean reported,
    int status,
    Optional<ErrorCode> error,
    Upstream upstream,
    ResponseEnding ending,
    Optional<ServiceTier> served) {
  static final int HUNG_UP = 499;

  /** What became of the call upstream. */
  public enum Upstream {
    /** The answer came to its end. */
    WHOLE,
    /** It broke, or went silent. */
    BROKE,
    /** There was none, or we ended it. */
    LEFT
  }

  /** The caller is gone, and this is what they pay. */
  public static PassageConclusion hungUp(TokenUsage usage, boolean reported, Upstream upstream) {
    return new PassageConclusion(
        usage,
        reported,
        HUNG_UP,
        Optional.empty(),
        upstream,
        new ResponseEnding.Nobody(),
        Optional.empty());
  }

  /** The caller is gone, and this is what they pay. */
  public static PassageConclusion hungUp(ChargedUsage charged, Upstream upstream) {
    return hungUp(charged.usage(), charged.reported(), upstream);
  }

  /** Nothing was produced: it is free. */
  public static PassageConclusion free(
      int status, ErrorCode code, Upstream upstream, ResponseEnding ending) {
    return new PassageConclusion(
        TokenUsage.NONE, false, status, Optional.of(code), upstream, ending, Optional.empty());
  }

  /** The same, served by a tier. */
  public PassageConclusion servedBy(Optional<ServiceTier> tier) {
    return new PassageConclusion(usage, reported, status, error, upstream, ending, tier);
  }
}
