package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.settlement.DamagedLog;
import io.tollgate.metering.internal.simulation.Violation;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What happens to machines: starts, kills, power cuts, copies. */
final class Machines {
  private static final int MAX = 5;

  private Machines() {}

  /** Starts a process; answers whether it runs now. */
  static boolean start(World world, Machine machine) {
    try {
      machine.gateway = Optional.of(Gateway.start(world, machine));
      return true;
    } catch (DamagedLog e) {
      boolean doubled = machine.disk.logs().stream().anyMatch(world.witness::isDoubled);
      if (!doubled) {
        world.fail(new Violation("a start was refused: " + e.getMessage()));
      }
      return false;
    } catch (IOException | Refusal | CommitUnknownException | LogStopped e) {
      return false;
    } catch (RuntimeException e) {
      world.fail(e);
      return false;
    }
  }

  /** Starts a second process on the same data directory. */
  static void startBeside(World world, Machine machine) {
    if (world.machines.size() < MAX) {
      Machine same = new Machine(world.machines.size(), machine.disk, machine.boot, false);
      world.machines.add(same);
      boolean _ = start(world, same);
    }
  }

  /** Memory is gone, and every connection; what was written stays. */
  static void kill(World world, Machine machine) {
    machine.gateway.ifPresent(
        gateway ->
            gateway.lanes.forEach(
                lane ->
                    lane.flights.forEach(flight -> world.witness.cutOff(flight.request.charge()))));
    machine.gateway = Optional.empty();
  }

  static void cutPower(World world, Machine machine, long choice) {
    kill(world, machine);
    if (world.setup.durability() == Durability.PROCESS) {
      machine.disk.logs().forEach(world.witness::withoutPower);
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(choice);
    machine.disk.cutPower(random);
    machine.boot = world.newId();
  }

  /** The disk is copied while its machine runs; the copy may be started elsewhere. */
  static void copyDisk(World world, Machine machine) {
    if (world.machines.size() >= MAX) {
      return;
    }
    Disk disk = machine.disk.copy(world.rules);
    for (UUID log : disk.logs()) {
      world.witness.doubled(log);
    }
    machine.gateway.ifPresent(
        gateway ->
            gateway.lanes.forEach(
                lane ->
                    lane.flights.forEach(flight -> world.witness.cutOff(flight.request.charge()))));
    world.debtCauses.add(World.Cause.COPY);
    world.machines.add(new Machine(world.machines.size(), disk, world.newId(), true));
  }

  /** Starts a process, and its copy with the same memory on another machine. */
  static void twin(World world, Machine machine) {
    if (world.machines.size() >= MAX) {
      return;
    }
    kill(world, machine);
    if (!start(world, machine)) {
      return;
    }
    Machine other = new Machine(world.machines.size(), new Disk(world.rules), machine.boot, true);
    world.machines.add(other);
    world.debtCauses.add(World.Cause.COPY);
    machine.gateway.ifPresent(
        gateway -> {
          try {
            other.gateway = Optional.of(Gateway.twin(world, other, gateway));
          } catch (IOException e) {
            world.fail(new Violation(e.toString()));
          }
        });
  }
}
