package io.tollgate.data.internal;

import io.tollgate.data.CopiedRows;
import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a transaction tells, collected until its end and then written at once: the versions of all
 * users it concerns, in the order of their numbers, then the events. Two statements for one event
 * or thousands; none that joins, since a plan made for short arrays joins long ones by nested
 * loops. Confined to the transaction.
 */
final class EventWriter {
  private static final String VERSIONS =
      """
      INSERT INTO data.user_version AS v (user_id, version, last_event)
      SELECT c.user_id, c.more, CASE WHEN c.told THEN c.more ELSE 0 END
        FROM unnest(?::bigint[], ?::bigint[], ?::boolean[]) AS c (user_id, more, told)
      ON CONFLICT (user_id) DO UPDATE
      SET version = v.version + excluded.version,
          last_event = CASE WHEN excluded.last_event > 0
                            THEN v.version + excluded.version ELSE v.last_event END,
          previous_event = CASE WHEN excluded.last_event > 0
                                THEN v.last_event ELSE v.previous_event END
      RETURNING user_id, version, previous_event
      """;

  private static final String COPY =
      "COPY data.outbox (tenant, user_id, version, previous, subject, type, payload)"
          + " FROM STDIN (FORMAT binary)";

  private static final String ONE =
      """
      INSERT INTO data.outbox (tenant, user_id, version, previous, subject, type, payload)
      SELECT tenant, user_id, version, previous, subject, type, payload::json
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[],
                    ?::text[]) AS e (tenant, user_id, version, previous, subject, type, payload)
      """;

  /** From here on COPY, which costs a round trip more, costs less. */
  private static final int MANY = 100;

  private final List<OutboxEvent> events = new ArrayList<>();

  /** How many events of each user there are; 0 for one who has only changed. */
  private final TreeMap<Long, Integer> users = new TreeMap<>();

  void add(OutboxEvent event) {
    events.add(event);
    event.user().ifPresent(user -> users.merge(user.value(), 1, Integer::sum));
  }

  void changed(UserId user) {
    Integer unused = users.putIfAbsent(user.value(), 0);
  }

  boolean isEmpty() {
    return events.isEmpty() && users.isEmpty();
  }

  boolean hasEvents() {
    return !events.isEmpty();
  }

  /** By how much the version of a user grows, as far as is known now. */
  int pending(UserId user) {
    Integer count = users.get(user.value());
    return count == null ? 0 : Math.max(1, count);
  }

  void write(Connection connection) throws SQLException {
    Map<Long, Place> places = users.isEmpty() ? Map.of() : versions(connection);
    if (events.isEmpty()) {
      return;
    }
    List<Row> rows = new ArrayList<>(events.size());
    for (OutboxEvent event : events) {
      Place place = event.user().map(user -> places.get(user.value())).orElse(Place.NOBODY);
      rows.add(place.next(event));
    }
    if (rows.size() < MANY) {
      insert(connection, rows);
    } else {
      copy(connection, rows);
    }
  }

  private Map<Long, Place> versions(Connection connection) throws SQLException {
    Long[] ids = users.keySet().toArray(Long[]::new);
    Long[] more = new Long[ids.length];
    Boolean[] told = new Boolean[ids.length];
    int at = 0;
    for (int count : users.values()) {
      more[at] = (long) Math.max(1, count);
      told[at++] = count > 0;
    }
    Map<Long, Place> places = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(VERSIONS)) {
      statement.setArray(1, connection.createArrayOf("bigint", ids));
      statement.setArray(2, connection.createArrayOf("bigint", more));
      statement.setArray(3, connection.createArrayOf("boolean", told));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long user = rows.getLong(1);
          long before = rows.getLong(2) - Math.max(1, users.getOrDefault(user, 0));
          places.put(user, new Place(user, before, rows.getLong(3)));
        }
      }
    }
    return places;
  }

  private static void copy(Connection connection, List<Row> rows) throws SQLException {
    CopiedRows copied = new CopiedRows(rows.size() * 300);
    for (Row row : rows) {
      var _ =
          copied
              .row(7)
              .int8(row.event.tenant().value())
              .int8(row.user)
              .int8(row.version)
              .int8(row.previous)
              .text(row.event.subject())
              .text(row.event.type())
              .text(row.event.fields());
    }
    copied.write(connection, COPY);
  }

  private static void insert(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      Long[] tenants = rows.stream().map(row -> row.event.tenant().value()).toArray(Long[]::new);
      statement.setArray(1, connection.createArrayOf("bigint", tenants));
      Long[] owners = rows.stream().map(Row::user).toArray(Long[]::new);
      statement.setArray(2, connection.createArrayOf("bigint", owners));
      Long[] versions = rows.stream().map(Row::version).toArray(Long[]::new);
      statement.setArray(3, connection.createArrayOf("bigint", versions));
      Long[] previous = rows.stream().map(Row::previous).toArray(Long[]::new);
      statement.setArray(4, connection.createArrayOf("bigint", previous));
      String[] subjects = rows.stream().map(row -> row.event.subject()).toArray(String[]::new);
      statement.setArray(5, connection.createArrayOf("text", subjects));
      String[] types = rows.stream().map(row -> row.event.type()).toArray(String[]::new);
      statement.setArray(6, connection.createArrayOf("text", types));
      String[] fields = rows.stream().map(row -> row.event.fields()).toArray(String[]::new);
      statement.setArray(7, connection.createArrayOf("text", fields));
      int _ = statement.executeUpdate();
    }
  }

  private record Row(OutboxEvent event, long user, long version, long previous) {}

  /** Where the next event of a user comes. */
  private static final class Place {
    static final Place NOBODY = new Place(0, 0, 0);

    private final long user;
    private long version;
    private long previous;

    Place(long user, long version, long previous) {
      this.user = user;
      this.version = version;
      this.previous = previous;
    }

    Row next(OutboxEvent event) {
      if (user == 0) {
        return new Row(event, 0, 0, 0);
      }
      version++;
      Row row = new Row(event, user, version, previous);
      previous = version;
      return row;
    }
  }
}
