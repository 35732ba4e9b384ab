package io.tollgate.billing.internal.charges;

import io.tollgate.billing.ServiceCall;
import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.util.Optional;

/** The bounds of what a check or deduct may say. */
public final class CallBounds {
  private static final int DIGITS_MAX = 64;

  private CallBounds() {}

  /** Checks what all of them say. */
  public static void check(long count, Optional<String> requestId) {
    if (count < 1 || count > ServiceCall.COUNT_MAX) {
      throw GivenText.refused(
          "count", Long.toString(count), "a whole number from 1 to " + ServiceCall.COUNT_MAX);
    }
    requestId
        .filter(id -> !isRequestId(id))
        .ifPresent(
            id -> {
              throw GivenText.refused(
                  "request_id",
                  id,
                  "1 to "
                      + ServiceCall.REQUEST_ID_MAX
                      + " characters, none of them a control character");
            });
  }

  /** Checks a cost before it is read in its currency. */
  public static void checkCost(BigDecimal cost) {
    boolean readable =
        cost.precision() <= DIGITS_MAX && Math.abs((long) cost.scale()) <= DIGITS_MAX;
    if (!readable || cost.signum() < 0) {
      throw GivenText.refused(
          "cost", readable ? cost.toPlainString() : "a number of many digits", "0 or more");
    }
  }

  private static boolean isRequestId(String id) {
    return !id.isEmpty()
        && id.length() <= ServiceCall.REQUEST_ID_MAX
        && id.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
  }
}
