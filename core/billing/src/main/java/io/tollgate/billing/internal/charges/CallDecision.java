package io.tollgate.billing.internal.charges;

import io.tollgate.ground.Refusal;
import io.tollgate.metering.SpendLimit;
import java.util.Optional;

/** What a batch decides of a call. */
sealed interface CallDecision {
  /** It is answered, once the batch is written. */
  record Answered(CallAnswer answer) implements CallDecision {}

  /** It is refused, whatever means there are. */
  record Refused(Refusal refusal) implements CallDecision {}

  /**
   * There is not enough for it at this moment.
   *
   * @param limit whose spend limit leaves too little; empty: quota and money do
   */
  record Short(Optional<SpendLimit.Scope> limit) implements CallDecision {}
}
