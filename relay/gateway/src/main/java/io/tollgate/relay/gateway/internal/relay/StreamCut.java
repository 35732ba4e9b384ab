package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;

/** The last piece of a stream whose caller cannot pay for more. */
final class StreamCut {
  private static final String CODE = "insufficient_quota";
  private static final String MESSAGE =
      "balance and quota do not cover what comes next; the answer was ended here, and what was"
          + " delivered is charged";

  private StreamCut() {}

  /**
   * @param usage what is charged, for the usage chunk where the caller asked for one
   */
  static byte[] bytes(PricedCall call, StreamTap tap, TokenUsage usage) {
    CutNotice why =
        new CutNotice(
            CODE, MESSAGE, call.context().requestId().toString(), call.context().arrivedAt());
    return tap.cutShort(why, usage);
  }
}
