package io.tollgate.metering.internal.operator;

import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.LeaseAdmin;
import io.tollgate.metering.internal.database.register.DatabaseLeases;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The leases in the database, as the operator sees them. */
public final class StoredLeases implements LeaseAdmin {
  private final DatabaseLeases leases;

  public StoredLeases(Transactions transactions, Ledger ledger, Clock clock) {
    this.leases = new DatabaseLeases(transactions, ledger, clock);
  }

  @Override
  public List<Held> list() {
    return leases.list().stream()
        .map(
            log ->
                new Held(
                    log.log(),
                    log.incarnation(),
                    log.shard(),
                    log.state().code(),
                    log.openedAt(),
                    log.heardAt(),
                    log.settledAt(),
                    log.position(),
                    log.accounts(),
                    log.units()))
        .toList();
  }

  @Override
  public List<AtRisk> lost(UUID incarnation) {
    return shown(leases.lost(incarnation));
  }

  @Override
  public List<AtRisk> lost(UUID incarnation, AdminId admin, String reason) {
    return shown(leases.lost(incarnation, admin, reason));
  }

  private static List<AtRisk> shown(List<DatabaseLeases.GivenUp> given) {
    return given.stream().map(one -> new AtRisk(one.log(), one.account(), one.units())).toList();
  }
}
