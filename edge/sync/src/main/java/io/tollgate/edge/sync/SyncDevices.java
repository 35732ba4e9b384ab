package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The devices of users, for those who look after them: on whichever process they are connected, and
 * whichever process asks. Blocking.
 */
public final class SyncDevices {
  /** Devices of one user that are listed. */
  private static final int MAX = 1_000;

  private SyncDevices() {}

  /**
   * A device that is connected.
   *
   * @param id names the connection as long as it lasts
   * @param deviceId as it calls itself; empty when it says nothing
   * @param channels that it hears
   */
  public record OpenDevice(String id, String deviceId, Instant connectedAt, List<String> channels) {
    public OpenDevice {
      requireNonNull(id, "id is null");
      requireNonNull(deviceId, "deviceId is null");
      requireNonNull(connectedAt, "connectedAt is null");
      channels = List.copyOf(channels);
    }
  }

  /** Those of a user, those first that are longest. */
  public static List<OpenDevice> of(Transaction transaction, UserId user) {
    return DeviceTable.all(transaction, user, MAX);
  }

  /**
   * Ends a connection, a moment after the commit. The device may come back with the token that it
   * has.
   *
   * @return whether the user has such a connection
   */
  public static boolean end(Transaction transaction, UserId user, String id) {
    return Connection.parse(id)
        .filter(connection -> DeviceTable.tellEnd(transaction, user, connection))
        .isPresent();
  }

  /** A connection: of which process, and its number there. */
  record Connection(UUID process, long number) {
    static Optional<Connection> parse(String id) {
      int dot = id.indexOf('.');
      try {
        return dot < 0
            ? Optional.empty()
            : Optional.of(
                new Connection(
                    UUID.fromString(id.substring(0, dot)), Long.parseLong(id.substring(dot + 1))));
      } catch (IllegalArgumentException _) {
        // as one that is not there
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return process + "." + number;
    }
  }
}
