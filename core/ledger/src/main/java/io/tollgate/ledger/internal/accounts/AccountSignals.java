package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Notifies those who keep a user's accounts in memory, with the commit, that they have to read them
 * again: an account was opened, a debt was made or paid off, or a quota or gift that was used up
 * has something again. Other changes of a balance are not told.
 */
public final class AccountSignals {
  private static final String NOTIFY = "SELECT pg_notify(?, p) FROM unnest(?::text[]) AS p";

  private static final String USER = "user:";

  private AccountSignals() {}

  /** An account was opened. */
  static void opened(Connection connection, long tenant, String owner, AccountKind kind)
      throws SQLException {
    if (kind.isMeans()) {
      send(connection, List.of(payload(tenant, owner)));
    }
  }

  /** Accounts were changed as decided. */
  public static void changed(Connection connection, Collection<LockedAccount> rows)
      throws SQLException {
    List<String> payloads =
        rows.stream()
            .filter(AccountSignals::isTold)
            .map(row -> payload(row.tenant, row.owner))
            .distinct()
            .toList();
    if (!payloads.isEmpty()) {
      send(connection, payloads);
    }
  }

  /** Debts when they begin and end, what can be used up when it has something again. */
  private static boolean isTold(LockedAccount row) {
    boolean nothingBefore = row.balanceBefore == 0;
    boolean nothing = row.balance() == 0;
    return switch (row.kind) {
      case OWED -> nothingBefore != nothing;
      case GRANT, GIFT -> nothingBefore && !nothing;
      case BALANCE,
          LIMIT,
          REVENUE,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_OWED,
          POINT_DUE,
          PROFIT_POOL,
          REWARD,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          false;
    };
  }

  /** The users whose numbers are changed by what was decided. */
  public static void tellUsers(Collection<LockedAccount> rows, Consumer<UserId> changed) {
    for (LockedAccount row : rows) {
      if (row.owner.startsWith(USER) && row.balance() != row.balanceBefore) {
        changed.accept(
            new UserId(Long.parseLong(row.owner, USER.length(), row.owner.length(), 10)));
      }
    }
  }

  private static String payload(long tenant, String owner) {
    return tenant + ":" + owner.substring(owner.indexOf(':') + 1);
  }

  private static void send(Connection connection, List<String> payloads) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
      statement.setString(1, Ledger.ACCOUNTS_CHANNEL);
      statement.setArray(2, connection.createArrayOf("text", payloads.toArray()));
      statement.execute();
    }
  }
}
