package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/** The ways in which a response of a session ends, as they are recorded. */
final class ResponseEnds {
  private static final int STARTED_STATUS = 200;

  private ResponseEnds() {}

  /** It came to its end, whatever its status. */
  static PassageConclusion told(ChargedUsage charged, boolean failed) {
    return conclusion(
        charged,
        failed ? Optional.of(ErrorCode.UPSTREAM_FAILED) : Optional.empty(),
        Upstream.WHOLE);
  }

  /** It broke off. */
  static PassageConclusion broken(ChargedUsage charged, ErrorCode code) {
    return conclusion(charged, Optional.of(code), Upstream.BROKE);
  }

  /** Nothing was left to pay for more. */
  static PassageConclusion cut(TokenUsage delivered) {
    return conclusion(
        new ChargedUsage(
            delivered.output() == 0 ? TokenUsage.NONE : delivered, false, Optional.empty()),
        Optional.of(ErrorCode.INSUFFICIENT_MEANS),
        Upstream.LEFT);
  }

  /** Its caller is gone. */
  static PassageConclusion left(ChargedUsage charged) {
    return PassageConclusion.hungUp(charged, Upstream.LEFT);
  }

  /** It was reserved for, and never made. */
  static PassageConclusion unused() {
    return conclusion(
        new ChargedUsage(TokenUsage.NONE, false, Optional.empty()),
        Optional.empty(),
        Upstream.LEFT);
  }

  private static PassageConclusion conclusion(
      ChargedUsage charged, Optional<ErrorCode> error, Upstream upstream) {
    return new PassageConclusion(
        charged.usage(),
        charged.reported(),
        STARTED_STATUS,
        error,
        upstream,
        new ResponseEnding.Nobody(),
        Optional.empty());
  }
}
