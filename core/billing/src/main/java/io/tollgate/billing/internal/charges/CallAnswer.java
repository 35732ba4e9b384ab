package io.tollgate.billing.internal.charges;

import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.QuotaAnswer;

/** What a caller is told. */
sealed interface CallAnswer {
  /** Of a check. */
  record Checked(QuotaAnswer answer) implements CallAnswer {}

  /** Of a deduct. */
  record Charged(ChargeReceipt receipt) implements CallAnswer {}
}
