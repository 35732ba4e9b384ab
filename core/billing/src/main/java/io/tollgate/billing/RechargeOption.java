package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

/**
 * A way in which somebody may pay in.
 *
 * @param method as orders name it
 * @param decimals of an amount that it takes, at most
 */
public record RechargeOption(String method, int decimals) {
  public RechargeOption {
    requireNonNull(method, "method is null");
  }
}
