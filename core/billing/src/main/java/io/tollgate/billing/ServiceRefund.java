package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;

/**
 * Gives a charge back, whole.
 *
 * @param reason why, at most {@link #REASON_MAX} characters
 */
public record ServiceRefund(TenantId tenant, ChargeId record, String reason) {
  public static final int REASON_MAX = 300;

  /**
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the reason is too long
   */
  public ServiceRefund {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(record, "record is null");
    if (reason.length() > REASON_MAX || reason.indexOf('\0') >= 0) {
      throw GivenText.refused(
          "reason", reason, "at most " + REASON_MAX + " characters, none of them NUL");
    }
  }
}
