package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.WrittenLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Logs in memory. */
final class MemoryShelf implements LogShelf {
  private final Map<UUID, LogStorage> logs = new HashMap<>();

  MemoryShelf(WrittenLog log, LogStorage storage) {
    logs.put(log.identity.log(), storage);
  }

  @Override
  public List<UUID> logs() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public LogStorage log(UUID id) {
    return requireNonNull(logs.get(id), "no such log");
  }

  @Override
  public void remove(UUID id) {
    logs.remove(id);
  }
}
