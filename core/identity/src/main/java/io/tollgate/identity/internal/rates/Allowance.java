package io.tollgate.identity.internal.rates;

/** Says how much of a limit this process may use now. Never blocks. */
@FunctionalInterface
interface Allowance {
  /** All of it: there is no other process, or none that counts together with this one. */
  Allowance WHOLE = (limit, share) -> limit;

  /**
   * @param limit the key's
   * @param share what was handed out to this process
   * @return 0 to {@code limit}
   */
  long of(long limit, long share);
}
