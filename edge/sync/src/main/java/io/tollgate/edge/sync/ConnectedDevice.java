package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A device of a user that is connected.
 *
 * @param deviceId as it calls itself; empty when it says nothing
 * @param channels that it hears
 */
record ConnectedDevice(String deviceId, Instant connectedAt, List<String> channels) {
  ConnectedDevice {
    requireNonNull(deviceId, "deviceId is null");
    requireNonNull(connectedAt, "connectedAt is null");
    channels = List.copyOf(channels);
  }
}
