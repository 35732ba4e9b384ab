package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.ledger.UserOfTenant;
import java.time.InstantSource;

/** What users have of the relay's quota and of money, read in transactions of its own. */
public final class RelayStandings {
  private final Transactions transactions;
  private final Tenants tenants;
  private final UserStandings standings;
  private final InstantSource clock;

  public RelayStandings(
      Transactions transactions, Tenants tenants, UserStandings standings, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  public UserStanding of(UserOfTenant user) {
    return transactions.write(
        transaction -> {
          Tenant tenant =
              tenants
                  .find(transaction, user.tenant())
                  .orElseThrow(
                      () ->
                          new Refusal(
                              ErrorCode.NOT_FOUND, "tenant " + user.tenant() + " is not there"));
          return standings.of(
              transaction, user.tenant(), user.user(), tenant.currency(), clock.instant());
        });
  }
}
