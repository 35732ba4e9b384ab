package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.meterlog.LogStopped;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.settlement.SettlementStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** One round of a process's settler, as its thread would do it. */
final class Settler {
  private final Gateway gateway;
  private final int steps;
  private final boolean comparing;

  private Settler(Gateway gateway, int steps, boolean comparing) {
    this.gateway = gateway;
    this.steps = steps;
    this.comparing = comparing;
  }

  /**
   * @param steps most batches of each log
   * @param comparing whether it has been quiet long enough to ask where the database stands
   */
  static void round(Gateway gateway, int steps, boolean comparing) {
    new Settler(gateway, steps, comparing).round();
  }

  private void round() {
    for (Lane lane : gateway.lanes) {
      if (!lane.settled && !gateway.ending) {
        lane.settled = settle(lane);
      }
    }
    List<LogSettlement> again = new ArrayList<>();
    gateway.backlog.removeIf(log -> advance(log, 0, again) == Outcome.DONE);
    gateway.backlog.addAll(again);
    if (comparing) {
      compareOld();
    }
  }

  private void compareOld() {
    Set<UUID> settling = new HashSet<>();
    gateway.lanes.forEach(lane -> settling.add(lane.id()));
    gateway.backlog.forEach(log -> settling.add(log.log()));
    try {
      gateway.backlog.addAll(gateway.forgotten.find(settling));
    } catch (IOException | RuntimeException e) {
      // the next round tries it
    }
  }

  private enum Outcome {
    ON,
    DONE,
    FATAL
  }

  private boolean settle(Lane lane) {
    long through;
    try {
      through =
          gateway.world.rules.contains(PassageRule.ONLY_FORCED) || lane.closed
              ? lane.writer.onDisk()
              : lane.writer.flush().sequence();
    } catch (LogStopped e) {
      gateway.ending = true;
      return true;
    }
    List<LogSettlement> again = new ArrayList<>();
    Outcome outcome = advance(lane.settlement(), through, again);
    gateway.backlog.addAll(again);
    gateway.ending |= outcome == Outcome.FATAL;
    return outcome != Outcome.ON;
  }

  private Outcome advance(LogSettlement log, long through, List<LogSettlement> again) {
    for (int i = 0; i < steps; i++) {
      gateway.world.steps++;
      SettlementStep step = log.step(through);
      if (step instanceof SettlementStep.Idle && comparing) {
        step = log.compare();
      }
      switch (step) {
        case SettlementStep.More _, SettlementStep.Moved _ -> {}
        case SettlementStep.Idle _, SettlementStep.Later _ -> {
          return Outcome.ON;
        }
        case SettlementStep.Ended _ -> {
          return Outcome.DONE;
        }
        case SettlementStep.TakeOverFirst _ -> {
          takeOver(log, again);
          return Outcome.DONE;
        }
        case SettlementStep.Stopped _ -> {
          return Outcome.FATAL;
        }
      }
    }
    return Outcome.ON;
  }

  private void takeOver(LogSettlement log, List<LogSettlement> again) {
    try {
      gateway.old.again(log.log()).ifPresent(again::add);
    } catch (IOException | RuntimeException e) {
      // the next start tries it
    }
  }
}
