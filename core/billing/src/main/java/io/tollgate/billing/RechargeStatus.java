package io.tollgate.billing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a recharge order stands. */
public enum RechargeStatus {
  /** Made, and not paid yet. */
  PENDING,
  /** Paid and credited; a part of it may have been refunded. */
  SUCCESS,
  /** The payment did not work. A payment that comes all the same makes it a success. */
  FAILED,
  /** Not paid in time. A payment that comes all the same makes it a success. */
  EXPIRED,
  /** Refunded wholly. */
  REFUNDED;

  /** As stored and as interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<RechargeStatus> find(String code) {
    return Arrays.stream(values()).filter(status -> status.code().equals(code)).findFirst();
  }
}
