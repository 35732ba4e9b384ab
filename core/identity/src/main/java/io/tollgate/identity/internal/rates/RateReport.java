package io.tollgate.identity.internal.rates;

/**
 * What one process uses of a limit, and would like to.
 *
 * @param limit the key's
 * @param share what it may use, as far as it was handed out
 * @param wanted what it could use: 0 to {@code limit}
 */
record RateReport(RateId id, long limit, long share, long wanted) {}
