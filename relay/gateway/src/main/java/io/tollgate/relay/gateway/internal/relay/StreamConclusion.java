package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.caller.CallerErrors;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;

/** The ways in which a streamed answer ends: what is charged, and its last piece. */
final class StreamConclusion {
  private static final int STARTED_STATUS = 200;
  private static final String CUT_CODE = "insufficient_quota";
  private static final String CUT_MESSAGE =
      "balance and quota do not cover what comes next; the answer was ended here, and what was"
          + " delivered is charged";

  private StreamConclusion() {}

  /**
   * It came to its end, or to an error within it.
   *
   * @param last what the tap held back
   */
  static PassageConclusion whole(
      CallerResponse caller, StreamTap tap, ChargedUsage charged, byte[] last) {
    if (caller.gone()) {
      return hungUp(tap, charged, Upstream.WHOLE);
    }
    Optional<ErrorCode> error =
        tap.errorSeen() ? Optional.of(ErrorCode.UPSTREAM_FAILED) : Optional.empty();
    return new PassageConclusion(
        charged.usage(),
        charged.reported(),
        STARTED_STATUS,
        error,
        Upstream.WHOLE,
        new ResponseEnding.Last(last),
        tap.servedTier());
  }

  /** It broke off: an error where nothing was sent yet, else a stream without its end. */
  static PassageConclusion broken(
      CallerResponse caller, StreamTap tap, ChargedUsage charged, ErrorCode code) {
    if (caller.gone()) {
      return hungUp(tap, charged, Upstream.BROKE);
    }
    Refusal refusal = CallerErrors.broken(code);
    boolean silent = caller.silent();
    return new PassageConclusion(
        charged.usage(),
        charged.reported(),
        silent ? code.httpStatus() : STARTED_STATUS,
        Optional.of(code),
        Upstream.BROKE,
        silent
            ? new ResponseEnding.Refused(refusal)
            : new ResponseEnding.Broken(tap.broken(refusal)),
        tap.servedTier());
  }

  /**
   * Nothing is left to pay for more: it ends in the protocol's own way.
   *
   * @param delivered output tokens that have been delivered; what was read beyond is not charged
   */
  static PassageConclusion cut(
      CallerResponse caller, PricedCall call, StreamTap tap, long delivered) {
    TokenUsage usage =
        delivered == 0 ? TokenUsage.NONE : call.cut(delivered, tap.chargedSoFar().usage());
    if (caller.gone()) {
      return PassageConclusion.hungUp(usage, false, Upstream.LEFT);
    }
    CutNotice why =
        new CutNotice(
            CUT_CODE,
            CUT_MESSAGE,
            call.context().requestId().toString(),
            call.context().arrivedAt());
    return new PassageConclusion(
        usage,
        false,
        STARTED_STATUS,
        Optional.of(ErrorCode.INSUFFICIENT_MEANS),
        Upstream.LEFT,
        new ResponseEnding.Last(tap.cutShort(why, usage)),
        tap.servedTier());
  }

  /** Its caller is gone, and it was read on for as long as it may be. */
  static PassageConclusion left(StreamTap tap, ChargedUsage charged) {
    return hungUp(tap, charged, Upstream.LEFT);
  }

  private static PassageConclusion hungUp(StreamTap tap, ChargedUsage charged, Upstream upstream) {
    return PassageConclusion.hungUp(charged, upstream).servedBy(tap.servedTier());
  }
}
