package io.tollgate.relay.accounts.internal;

/**
 * Whose health it is.
 *
 * @param account number of the account
 * @param key number of one of its keys; 0: the account itself, whichever key is used
 */
record HealthSubject(long account, long key) {}
