package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.internal.PostingClock;
import io.tollgate.ledger.internal.accounts.AccountLocks;
import io.tollgate.ledger.internal.accounts.AccountUse;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import io.tollgate.ledger.internal.accounts.OpenHolds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens, extends and lifts holds, one at a time. */
final class HoldWriter {
  private static final String OPEN =
      """
      INSERT INTO ledger.hold (id, tenant_id, purpose, opened_at)
      VALUES (?, ?, ?, ?::timestamptz)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String RESERVE =
      """
      WITH leg AS (
        INSERT INTO ledger.hold_leg (hold_id, seq, account_id, amount)
        SELECT ?, l.place + (SELECT coalesce(max(seq), 0) FROM ledger.hold_leg WHERE hold_id = ?),
               l.account_id, l.amount
          FROM unnest(?::bigint[], ?::bigint[]) WITH ORDINALITY AS l (account_id, amount, place)
        RETURNING account_id, amount
      )
      UPDATE ledger.account a
         SET held = a.held + l.amount, version = a.version + 1
        FROM (SELECT account_id, sum(amount)::bigint AS amount FROM leg GROUP BY account_id) l
       WHERE a.id = l.account_id AND a.shard = 0
      """;

  private static final String RELEASE =
      """
      WITH closed AS (
        UPDATE ledger.hold
           SET closed_at = ?::timestamptz
         WHERE id = ? AND closed_at IS NULL
        RETURNING id
      )
      UPDATE ledger.account a
         SET held = a.held - l.amount, version = a.version + 1
        FROM (SELECT l.account_id, sum(l.amount)::bigint AS amount
                FROM ledger.hold_leg l
                JOIN closed ON closed.id = l.hold_id
               GROUP BY l.account_id) l
       WHERE a.id = l.account_id AND a.shard = 0
      """;

  private static final String READ =
      """
      SELECT l.account_id, l.amount
        FROM ledger.hold h
        JOIN ledger.hold_leg l ON l.hold_id = h.id
       WHERE h.id = ? AND h.tenant_id = ? AND h.closed_at IS NULL
       ORDER BY l.seq
      """;

  private static final String KNOWN =
      "SELECT closed_at FROM ledger.hold WHERE id = ? AND tenant_id = ?";

  private final PostingClock clock;

  HoldWriter(PostingClock clock) {
    this.clock = clock;
  }

  void open(Connection connection, TenantId tenant, UUID hold, String purpose, List<Leg> legs)
      throws SQLException {
    requirePositive(legs);
    Reservation reservation = new Reservation(connection, List.of(), legs);
    reservation.decide(OpenHolds.none(), tenant, legs);
    if (!insert(connection, tenant, hold, purpose)) {
      throw new Refusal(
          ErrorCode.CONFLICT, "hold " + hold + " is there already (expected: a new id)");
    }
    reservation.write(hold, legs);
  }

  void extend(Connection connection, TenantId tenant, UUID hold, List<Leg> legs)
      throws SQLException {
    requirePositive(legs);
    Reservation reservation = new Reservation(connection, List.of(hold), legs);
    OpenHolds holds = OpenHolds.lock(connection, List.of(hold));
    if (holds.find(hold, tenant.value()).isEmpty()) {
      throw notOpen(connection, tenant, hold);
    }
    reservation.decide(holds, tenant, legs);
    reservation.write(hold, legs);
  }

  void release(Connection connection, TenantId tenant, UUID hold) throws SQLException {
    LockedAccounts accounts = new LockedAccounts();
    AccountLocks.lock(connection, new AccountUse(), List.of(hold), 0, accounts);
    OpenHolds holds = OpenHolds.lock(connection, List.of(hold));
    if (holds.find(hold, tenant.value()).isEmpty()) {
      return;
    }
    AccountLocks.lockLateComers(connection, holds, 0, accounts);
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setString(1, clock.now().toString());
      statement.setObject(2, hold);
      statement.executeUpdate();
    }
  }

  List<Leg> read(Connection connection, TenantId tenant, UUID hold) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, hold);
      statement.setLong(2, tenant.value());
      List<Leg> legs = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          legs.add(new Leg(new AccountId(rows.getLong(1)), rows.getLong(2)));
        }
      }
      return List.copyOf(legs);
    }
  }

  private boolean insert(Connection connection, TenantId tenant, UUID hold, String purpose)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setObject(1, hold);
      statement.setLong(2, tenant.value());
      statement.setString(3, purpose);
      statement.setString(4, clock.now().toString());
      return statement.executeUpdate() == 1;
    }
  }

  private static Refusal notOpen(Connection connection, TenantId tenant, UUID hold)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setObject(1, hold);
      statement.setLong(2, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? new Refusal(ErrorCode.CONFLICT, "hold " + hold + " is closed (expected: open)")
            : new Refusal(ErrorCode.NOT_FOUND, "hold " + hold + " is not there");
      }
    }
  }

  private static void requirePositive(List<Leg> legs) {
    for (Leg leg : legs) {
      if (leg.units() < 0) {
        throw new IllegalArgumentException(
            "hold on account " + leg.account() + ": " + leg.units() + " (expected: >= 1)");
      }
    }
  }

  /** What is to be reserved: its accounts locked, then decided, then written. */
  private final class Reservation {
    private final Connection connection;
    private final LockedAccounts accounts = new LockedAccounts();
    private final PostingPlan folds = new PostingPlan();

    Reservation(Connection connection, List<UUID> holds, List<Leg> legs) throws SQLException {
      this.connection = connection;
      AccountUse wants = new AccountUse();
      legs.forEach(leg -> wants.takes(leg.account().value()));
      AccountLocks.lock(connection, wants, holds, 0, accounts);
    }

    void decide(OpenHolds holds, TenantId tenant, List<Leg> legs) {
      Optional<Refusal> refusal =
          new PostingDecisions(accounts, holds, clock, 0, folds).hold(tenant, legs);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    }

    void write(UUID hold, List<Leg> legs) throws SQLException {
      if (!folds.isEmpty()) {
        var unused = WritePostings.write(connection, folds);
      }
      try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
        statement.setObject(1, hold);
        statement.setObject(2, hold);
        ArrayParameters columns = new ArrayParameters(connection, statement, 2);
        columns.add("int8", legs, leg -> leg.account().value());
        columns.add("int8", legs, Leg::units);
        statement.executeUpdate();
      }
    }
  }
}
