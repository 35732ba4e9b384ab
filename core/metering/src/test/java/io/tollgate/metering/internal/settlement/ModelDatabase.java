package io.tollgate.metering.internal.settlement;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Elsewhere;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Unknown;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The books as lists and maps. Transactions fail before or after they are done, as often as asked,
 * and the whole can be put back to an older state.
 */
final class ModelDatabase implements LogRegister, SettlementBook {
  private final Random random;
  UUID ledger;
  volatile int faultsInTen;
  final Set<ChargeId> poison = new HashSet<>();
  volatile Tables tables = new Tables(Map.of(), List.of(), List.of(), Map.of(), List.of());

  ModelDatabase(long seed, UUID ledger) {
    this.random = new Random(seed);
    this.ledger = ledger;
  }

  /** What is stored; never changed in place, so that an older one can be put back. */
  record Tables(
      Map<UUID, LogStanding> logs,
      List<SettledCharge> charges,
      List<SettledCharge> exceptions,
      Map<ChargeId, OpenIntent> holds,
      List<TakeOver> takeOvers) {
    Tables {
      logs = Map.copyOf(logs);
      charges = List.copyOf(charges);
      exceptions = List.copyOf(exceptions);
      holds = Map.copyOf(holds);
      takeOvers = List.copyOf(takeOvers);
    }

    Tables with(LogStanding standing) {
      Map<UUID, LogStanding> more = new HashMap<>(logs);
      more.put(standing.log(), standing);
      return new Tables(more, charges, exceptions, holds, takeOvers);
    }
  }

  /** Runs a transaction, unless something comes between. */
  private synchronized <T> T transaction(Supplier<T> body) {
    if (random.nextInt(10) < faultsInTen) {
      switch (random.nextInt(4)) {
        case 0 -> throw new Refusal(ErrorCode.UNAVAILABLE, "the database is not available now");
        case 1 -> throw new CommitUnknownException(new IllegalStateException("not done"));
        case 2 -> {
          var _ = body.get();
          throw new CommitUnknownException(new IllegalStateException("done"));
        }
        default -> {
          var _ = body.get();
          throw new IllegalStateException("done, and something else failed");
        }
      }
    }
    return body.get();
  }

  @Override
  public UUID ledger() {
    return ledger;
  }

  @Override
  public void enter(LogIdentity identity, LogPosition start) {
    var _ =
        transaction(
            () -> {
              if (!tables.logs().containsKey(identity.log())) {
                tables = tables.with(new LogStanding(identity.log(), LogState.OPEN, start, 1));
              }
              return true;
            });
  }

  @Override
  public Optional<LogStanding> find(UUID log) {
    return transaction(() -> Optional.ofNullable(tables.logs().get(log)));
  }

  @Override
  public boolean takeOver(TakeOver plan) {
    return transaction(
        () -> {
          LogStanding standing = tables.logs().get(plan.log());
          if (standing == null || !standing.position().equals(plan.position())) {
            return false;
          }
          if (standing.state() == LogState.RECOVERING) {
            return true;
          }
          if (standing.state() == LogState.ENDED || standing.state() == LogState.FORKED) {
            return false;
          }
          Map<ChargeId, OpenIntent> holds = new HashMap<>(tables.holds());
          plan.open().forEach(intent -> holds.put(intent.intent().charge(), intent));
          List<TakeOver> takeOvers = new ArrayList<>(tables.takeOvers());
          takeOvers.add(plan);
          tables =
              new Tables(tables.logs(), tables.charges(), tables.exceptions(), holds, takeOvers)
                  .with(
                      new LogStanding(
                          plan.log(),
                          LogState.RECOVERING,
                          standing.position(),
                          standing.segment()));
          return true;
        });
  }

  @Override
  public boolean end(UUID log, LogPosition end, boolean takenOver) {
    return transaction(
        () -> {
          LogStanding now = tables.logs().get(log);
          if (now == null || !now.position().equals(end) || !settles(now, takenOver)) {
            return false;
          }
          tables = tables.with(new LogStanding(log, LogState.ENDED, end, now.segment()));
          return true;
        });
  }

  private static boolean settles(LogStanding standing, boolean takenOver) {
    return switch (standing.state()) {
      case RECOVERING -> true;
      case OPEN, LOST -> !takenOver;
      case ENDED, FORKED -> false;
    };
  }

  @Override
  public void fork(UUID log) {
    state(log, LogState.FORKED);
  }

  void state(UUID log, LogState state) {
    var _ =
        transaction(
            () -> {
              LogStanding now = tables.logs().get(log);
              if (now != null) {
                tables = tables.with(new LogStanding(log, state, now.position(), now.segment()));
              }
              return true;
            });
  }

  @Override
  public SettlementAnswer settle(SettlementBatch batch) {
    return transaction(
        () -> {
          if (batch.charges().stream().anyMatch(one -> poison.contains(one.result().charge()))) {
            throw new IllegalStateException("a charge that cannot be booked");
          }
          return move(batch, batch.charges(), List.of());
        });
  }

  @Override
  public SettlementAnswer keepException(SettlementBatch one, String why) {
    return transaction(() -> move(one, List.of(), one.charges()));
  }

  private SettlementAnswer move(
      SettlementBatch batch, List<SettledCharge> charges, List<SettledCharge> exceptions) {
    LogStanding standing = tables.logs().get(batch.log());
    if (standing == null) {
      return new Unknown();
    }
    if (!standing.position().equals(batch.from()) || !settles(standing, batch.takenOver())) {
      return new Elsewhere(standing);
    }
    List<SettledCharge> all = new ArrayList<>(tables.charges());
    all.addAll(charges);
    List<SettledCharge> kept = new ArrayList<>(tables.exceptions());
    kept.addAll(exceptions);
    tables =
        new Tables(tables.logs(), all, kept, tables.holds(), tables.takeOvers())
            .with(new LogStanding(batch.log(), standing.state(), batch.to(), batch.segment()));
    return new Settled();
  }
}
