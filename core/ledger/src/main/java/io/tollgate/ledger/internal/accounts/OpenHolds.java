package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The open holds a transaction has locked, after their accounts. Confined to its thread. */
public final class OpenHolds {
  private static final String LOCK =
      """
      SELECT h.id, h.tenant_id, l.account_id, l.amount
        FROM ledger.hold h
        LEFT JOIN ledger.hold_leg l ON l.hold_id = h.id
       WHERE h.id = ANY (?::uuid[])
         AND h.closed_at IS NULL
       ORDER BY h.id, l.seq
         FOR NO KEY UPDATE OF h
      """;

  private final Map<UUID, Hold> holds = new LinkedHashMap<>();

  private OpenHolds() {}

  public static OpenHolds none() {
    return new OpenHolds();
  }

  public static OpenHolds lock(Connection connection, Collection<UUID> ids) throws SQLException {
    OpenHolds open = new OpenHolds();
    if (ids.isEmpty()) {
      return open;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID id = rows.getObject("id", UUID.class);
          long tenant = rows.getLong("tenant_id");
          Hold hold = open.holds.computeIfAbsent(id, i -> new Hold(i, tenant, new ArrayList<>()));
          long account = rows.getLong("account_id");
          if (!rows.wasNull()) {
            hold.legs.add(new Leg(new AccountId(account), rows.getLong("amount")));
          }
        }
      }
    }
    return open;
  }

  /** The hold, if it is open and the tenant's. */
  public Optional<Hold> find(UUID id, long tenant) {
    return Optional.ofNullable(holds.get(id)).filter(hold -> hold.tenant == tenant);
  }

  /** The hold is closed by what was just decided. */
  public void close(UUID id) {
    holds.remove(id);
  }

  Collection<Hold> all() {
    return holds.values();
  }

  /**
   * An open hold.
   *
   * @param legs what it reserves, in the order it was reserved
   */
  public record Hold(UUID id, long tenant, List<Leg> legs) {}
}
