package io.tollgate.relay.accounts;

import static io.tollgate.schema.relay.Tables.PROVIDER_ACCOUNT;

import io.tollgate.data.Transaction;
import org.jooq.impl.DSL;

/**
 * Counts and disables the accounts of the sandbox provider, whose answers are made up and which
 * have no place in production.
 */
public final class SandboxAccounts {
  private SandboxAccounts() {}

  /** How many of them may serve. */
  public static int enabled(Transaction transaction) {
    return transaction
        .sql()
        .fetchCount(
            PROVIDER_ACCOUNT,
            PROVIDER_ACCOUNT.IS_SANDBOX.isTrue(),
            PROVIDER_ACCOUNT.ENABLED.isTrue());
  }

  /** Stops them from serving, as soon as processes reload their accounts; says how many did. */
  public static int disable(Transaction transaction) {
    return transaction
        .sql()
        .update(PROVIDER_ACCOUNT)
        .set(PROVIDER_ACCOUNT.ENABLED, false)
        .set(PROVIDER_ACCOUNT.UPDATED_AT, DSL.currentInstant())
        .where(PROVIDER_ACCOUNT.IS_SANDBOX)
        .and(PROVIDER_ACCOUNT.ENABLED)
        .execute();
  }
}
