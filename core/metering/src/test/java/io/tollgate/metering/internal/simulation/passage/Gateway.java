package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.settlement.ForgottenLogs;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.settlement.OldLogs;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A process: what it has in memory is gone when it is killed. */
final class Gateway {
  final World world;
  final Machine machine;
  final UUID incarnation;
  final Line line;
  final OldLogs old;
  final ForgottenLogs forgotten;
  final List<Lane> lanes = new ArrayList<>();
  final List<LogSettlement> backlog = new ArrayList<>();
  boolean frozen;

  /** It lets nobody through any more, and ends when what is under way has ended. */
  boolean closing;

  /** It has noticed that it must end at once. */
  boolean ending;

  private Gateway(World world, Machine machine, UUID incarnation) {
    this.world = world;
    this.machine = machine;
    this.incarnation = incarnation;
    this.line = new Line(world, machine);
    this.old =
        new OldLogs(
            machine.disk,
            line,
            line,
            new Circumstances(
                World.LEDGER,
                machine.boot,
                world.setup.durability() == Durability.DISK,
                world.wallClock(machine)));
    this.forgotten = new ForgottenLogs(old);
  }

  /** Starts: takes over what earlier processes left, then begins logs of its own. */
  static Gateway start(World world, Machine machine) throws IOException {
    Gateway made = new Gateway(world, machine, world.newId());
    made.backlog.addAll(made.old.recover());
    for (int shard = 0; shard < world.setup.shards(); shard++) {
      made.begin(
          new LogIdentity(World.LEDGER, world.newId(), made.incarnation, machine.boot, shard));
    }
    return made;
  }

  /** A copy of a process that has just begun, memory and all. */
  static Gateway twin(World world, Machine machine, Gateway other) throws IOException {
    Gateway made = new Gateway(world, machine, other.incarnation);
    for (Lane lane : other.lanes) {
      made.lanes.add(new Lane(world.newLane(), made, lane.identity));
      world.witness.doubled(lane.id());
    }
    return made;
  }

  private void begin(LogIdentity identity) throws IOException {
    Lane lane = new Lane(world.newLane(), this, identity);
    line.enter(identity, LogCursor.start(identity.log()));
    lanes.add(lane);
  }

  boolean takesRequests() {
    return !frozen && !closing && !ending;
  }

  void tick() {
    for (Lane lane : lanes) {
      world.steps++;
      lane.shard().tick();
    }
  }

  /** Runs what is queued, up to so many tasks. */
  void work(int tasks, int choice) {
    for (int i = 0; i < tasks && !ending; i++) {
      Lane lane = lanes.get((choice + i) % lanes.size());
      lane.work(choice / 3 + i);
    }
  }

  boolean isBusy() {
    return lanes.stream().anyMatch(Lane::isBusy);
  }

  boolean isClosed() {
    return ending || lanes.stream().anyMatch(lane -> lane.shard().isClosed());
  }

  /** Ends in order, when nothing is under way. */
  boolean close() {
    closing = true;
    if (lanes.stream().anyMatch(lane -> !lane.flights.isEmpty())) {
      return false;
    }
    try {
      for (Lane lane : lanes) {
        if (!lane.closed) {
          var _ = lane.writer.close(world.wallClock(machine));
          lane.closed = true;
        }
      }
    } catch (LogStopped e) {
      ending = true;
    }
    return true;
  }
}
