package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.edge.sync.SyncDevices.Connection;
import io.tollgate.ground.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What processes tell one another of the devices that are connected to them. Blocking. */
final class DeviceTable {
  private static final String ALIVE =
      "UPDATE sync.process SET gone_at = clock_timestamp() + ?::interval WHERE id = ?";

  private static final String BORN =
      "INSERT INTO sync.process (id, gone_at) VALUES (?, clock_timestamp() + ?::interval)";

  private static final String WRITE =
      """
      INSERT INTO sync.device (process, connection, user_id, device_id, connected_at, channels)
      SELECT ?, connection, user_id, device_id, connected_at, string_to_array(channels, ',')
        FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::timestamptz[], ?::text[])
             AS d (connection, user_id, device_id, connected_at, channels)
      ON CONFLICT (process, connection) DO UPDATE SET channels = excluded.channels
      """;

  private static final String OTHERS =
      """
      SELECT d.device_id, d.connected_at, d.channels
        FROM sync.device d JOIN sync.process p ON p.id = d.process
       WHERE d.user_id = ? AND d.process <> ? AND p.gone_at > clock_timestamp()
       ORDER BY d.connected_at LIMIT ?
      """;

  private static final String ALL =
      """
      SELECT d.process, d.connection, d.device_id, d.connected_at, d.channels
        FROM sync.device d JOIN sync.process p ON p.id = d.process
       WHERE d.user_id = ? AND p.gone_at > clock_timestamp()
       ORDER BY d.connected_at, d.process, d.connection LIMIT ?
      """;

  /** On which processes are told what to end: the connection and whose it is. */
  static final String ENDED = "sync_device_end";

  private static final String TELL_END =
      """
      SELECT count(pg_notify('%s', d.process || '.' || d.connection || ' ' || d.user_id))
        FROM sync.device d JOIN sync.process p ON p.id = d.process
       WHERE d.user_id = ? AND d.process = ? AND d.connection = ?
         AND p.gone_at > clock_timestamp()
      """
          .formatted(ENDED);

  private final UUID process;
  private final Duration believed;

  /**
   * @param process this one
   * @param believed how long after its last word a process is believed to run
   */
  DeviceTable(UUID process, Duration believed) {
    this.process = requireNonNull(process, "process is null");
    this.believed = requireNonNull(believed, "believed is null");
  }

  /**
   * A device that is connected to this process.
   *
   * @param connection unique in this process
   */
  record Row(long connection, UserId user, ConnectedDevice device) {}

  /** Says that this process runs. False when nothing is known of it: then all has to be written. */
  boolean alive(Transaction transaction) {
    return transaction.sql().execute(ALIVE, believed.toString(), process) == 1;
  }

  /** Makes this process known, with no devices. */
  void born(Transaction transaction) {
    int _ = transaction.sql().execute(BORN, process, believed.toString());
  }

  /** This process ends, or begins anew. */
  void gone(Transaction transaction) {
    int _ = transaction.sql().execute("DELETE FROM sync.process WHERE id = ?", process);
  }

  void write(Transaction transaction, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int _ =
        transaction
            .sql()
            .execute(
                WRITE,
                process,
                rows.stream().map(Row::connection).toArray(Long[]::new),
                rows.stream().map(row -> row.user().value()).toArray(Long[]::new),
                rows.stream().map(row -> row.device().deviceId()).toArray(String[]::new),
                rows.stream()
                    .map(row -> row.device().connectedAt().toString())
                    .toArray(String[]::new),
                rows.stream()
                    .map(row -> String.join(",", row.device().channels()))
                    .toArray(String[]::new));
  }

  void remove(Transaction transaction, Collection<Long> connections) {
    if (!connections.isEmpty()) {
      int _ =
          transaction
              .sql()
              .execute(
                  "DELETE FROM sync.device WHERE process = ? AND connection = ANY (?::bigint[])",
                  process,
                  connections.toArray(Long[]::new));
    }
  }

  /** Devices of a user that are connected to other processes that run. */
  List<ConnectedDevice> others(Transaction transaction, UserId user, int max) {
    return transaction
        .sql()
        .fetch(OTHERS, user.value(), process, max)
        .map(
            row ->
                new ConnectedDevice(
                    row.get("device_id", String.class),
                    row.get("connected_at", Instant.class),
                    List.of(row.get("channels", String[].class))));
  }

  /** Devices of a user that are connected to any process that runs. */
  static List<SyncDevices.OpenDevice> all(Transaction transaction, UserId user, int max) {
    return transaction
        .sql()
        .fetch(ALL, user.value(), max)
        .map(
            row ->
                new SyncDevices.OpenDevice(
                    new Connection(
                            row.get("process", UUID.class), row.get("connection", long.class))
                        .toString(),
                    row.get("device_id", String.class),
                    row.get("connected_at", Instant.class),
                    List.of(row.get("channels", String[].class))));
  }

  /** Tells the process that has it to end a connection. False when nobody has it. */
  static boolean tellEnd(Transaction transaction, UserId user, Connection connection) {
    return transaction
            .sql()
            .fetchSingle(TELL_END, user.value(), connection.process(), connection.number())
            .get(0, long.class)
        > 0;
  }

  /** Which of this process's connections is to end, and whose it is; not that of another. */
  Optional<OwnConnection> own(String told) {
    int space = told.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : Connection.parse(told.substring(0, space))
            .filter(connection -> connection.process().equals(process))
            .map(
                connection ->
                    new OwnConnection(
                        connection.number(),
                        new UserId(Long.parseLong(told.substring(space + 1)))));
  }

  /** A connection of this process. */
  record OwnConnection(long number, UserId user) {}

  /** Drops what processes left that have died. */
  static void sweep(Transaction transaction) {
    int _ = transaction.sql().execute("DELETE FROM sync.process WHERE gone_at < clock_timestamp()");
  }
}
