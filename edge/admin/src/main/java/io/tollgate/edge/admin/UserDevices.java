package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;

/** The devices of users that follow their numbers, wherever they are connected. Blocking. */
public interface UserDevices {
  /** Those of a user, those first that are longest. */
  List<UserDevice> of(Transaction transaction, UserId user);

  /**
   * Ends a connection, a moment after the commit.
   *
   * @return whether the user has such a connection
   */
  boolean end(Transaction transaction, UserId user, String id);

  /**
   * A device.
   *
   * @param id names the connection as long as it lasts
   * @param deviceId as it calls itself; empty when it says nothing
   * @param channels that it hears
   */
  record UserDevice(String id, String deviceId, Instant connectedAt, List<String> channels) {
    public UserDevice {
      requireNonNull(id, "id is null");
      requireNonNull(deviceId, "deviceId is null");
      requireNonNull(connectedAt, "connectedAt is null");
      channels = List.copyOf(channels);
    }
  }
}
