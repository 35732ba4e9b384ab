package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import java.util.Optional;

/**
 * Counts a request among those of its key, whatever it asks for: so many a minute, and so many at
 * one time. Its place among those that run is given back when the request is over.
 */
public final class KeyAdmission {
  private KeyAdmission() {}

  /**
   * Counts a request, and tells its caller what is left.
   *
   * @return why it may not run, where that is so
   */
  public static Optional<Refusal> of(
      RequestResources resources, CallerResponse caller, KeyHolder holder) {
    Decision decision = resources.loop().parts().requestLimits().tryAcquire(holder);
    caller.rate(decision);
    if (decision instanceof Decision.Refused refused) {
      return Optional.of(
          new Refusal(
                  ErrorCode.RATE_LIMITED,
                  refused.scope().owner()
                      + " limit of "
                      + refused.limit()
                      + " requests a minute is reached")
              .withRetryAfter(refused.retryAfter()));
    }
    return place(resources, holder);
  }

  /** The same of what is not counted by the minute, such as a session whose responses are. */
  public static Optional<Refusal> place(RequestResources resources, KeyHolder holder) {
    return switch (resources.loop().parts().concurrencyLimits().tryBegin(holder)) {
      case ConcurrencyLimits.Refused refused -> Optional.of(refused.refusal());
      case ConcurrencyLimits.Admitted admitted -> {
        resources.hold(admitted::close);
        yield Optional.empty();
      }
    };
  }
}
