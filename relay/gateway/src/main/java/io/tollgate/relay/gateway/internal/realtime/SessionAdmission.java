package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.identity.TokenLimits;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.relay.gateway.internal.passage.TokenHold;

/** Counts each response of a session against its key's limits per minute. */
final class SessionAdmission {
  private final RelayParts parts;

  SessionAdmission(RelayParts parts) {
    this.parts = parts;
  }

  /**
   * What a response holds of the tokens per minute.
   *
   * @param tokens that it may use
   * @throws Refusal {@code RATE_LIMITED} where a limit does not let it pass
   */
  TokenHold admit(KeyHolder holder, long tokens) {
    if (parts.requestLimits().tryAcquire(holder) instanceof Decision.Refused refused) {
      throw new Refusal(
              ErrorCode.RATE_LIMITED,
              refused.scope().owner()
                  + " limit of "
                  + refused.limit()
                  + " requests a minute is reached")
          .withRetryAfter(refused.retryAfter());
    }
    TokenLimits.Outcome outcome = parts.tokenLimits().tryReserve(holder, tokens);
    if (outcome instanceof TokenLimits.Refused refused) {
      throw refused.refusal();
    }
    return new TokenHold(outcome);
  }
}
