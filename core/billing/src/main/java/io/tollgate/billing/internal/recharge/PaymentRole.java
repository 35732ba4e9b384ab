package io.tollgate.billing.internal.recharge;

import java.util.Arrays;
import java.util.Locale;

/** What became of a payment. */
enum PaymentRole {
  /** It was credited to the user. */
  CREDITED,
  /** The order had been paid: it is kept apart. */
  SECOND,
  /** It is not what was asked for: it is kept apart. */
  WRONG_AMOUNT;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PaymentRole of(String code) {
    return Arrays.stream(values())
        .filter(role -> role.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("role of a payment: " + code));
  }
}
