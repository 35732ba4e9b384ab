package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogStorage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** A data directory on a disk that does what disks do; it outlives the processes that use it. */
final class Disk implements LogShelf {
  private final Map<UUID, DiskFiles> logs = new LinkedHashMap<>();
  final DiskFaults faults;

  Disk(Set<PassageRule> rules) {
    faults = new DiskFaults(rules);
  }

  private Disk(Disk other, Set<PassageRule> rules) {
    this(rules);
    other.logs.forEach((id, files) -> logs.put(id, files.copy(faults)));
  }

  /** What a copy of the running disk has. */
  Disk copy(Set<PassageRule> rules) {
    return new Disk(this, rules);
  }

  /** Power goes: of what was not forced, any page may be there in any of its versions. */
  void cutPower(RandomGenerator random) {
    logs.values().forEach(files -> files.cutPower(random));
  }

  @Override
  public List<UUID> logs() {
    return List.copyOf(logs.keySet());
  }

  @Override
  public LogStorage log(UUID id) {
    return logs.computeIfAbsent(id, _ -> new DiskFiles(faults));
  }

  @Override
  public void remove(UUID id) {
    logs.remove(id);
  }
}
