package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogRegister;
import io.tollgate.metering.internal.settlement.LogStanding;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import io.tollgate.metering.internal.settlement.SettlementBook;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A process's calls to the database: any may fail before it is done, after, or be done later. */
final class Line implements LogRegister, SettlementBook {
  private final World world;
  private final Machine machine;

  /** It asks for the sake of what may go. */
  boolean tidying;

  Line(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
  }

  private <T> T call(Function<Database, T> transaction) {
    world.steps++;
    return switch (world.calls.next()) {
      case FINE -> run(transaction);
      case NOT_DONE -> throw new Refusal(ErrorCode.UNAVAILABLE, "the database does not answer");
      case ANSWER_LOST -> {
        var _ = run(transaction);
        throw new CommitUnknownException(new IllegalStateException("connection lost"));
      }
      case LATE -> {
        world.calls.later(() -> late(transaction));
        throw new CommitUnknownException(new IllegalStateException("connection lost"));
      }
    };
  }

  private <T> T run(Function<Database, T> transaction) {
    try {
      return transaction.apply(world.database);
    } catch (IllegalArgumentException | Refusal e) {
      throw e;
    } catch (RuntimeException e) {
      world.fail(e);
      throw e;
    }
  }

  private <T> void late(Function<Database, T> transaction) {
    try {
      var _ = run(transaction);
    } catch (IllegalArgumentException | Refusal e) {
      // nobody waits for it any more
    }
  }

  @Override
  public UUID ledger() {
    return call(_ -> World.LEDGER);
  }

  @Override
  public void enter(LogIdentity identity, LogPosition start) {
    boolean _ =
        call(
            database -> {
              world.register.enter(database, identity, start);
              return true;
            });
  }

  @Override
  public Optional<LogStanding> find(UUID log) {
    return call(database -> Optional.ofNullable(database.logs.get(log)))
        .map(LogRow::standing)
        .map(this::seen)
        .map(
            standing ->
                tidying && !world.rules.contains(PassageRule.SEGMENTS_KEPT)
                    ? needingNothing(standing)
                    : standing);
  }

  private static LogStanding needingNothing(LogStanding standing) {
    return new LogStanding(
        standing.log(), standing.state(), standing.position(), Integer.MAX_VALUE);
  }

  @Override
  public boolean takeOver(TakeOver plan) {
    if (world.rules.contains(PassageRule.ONE_TAKE_OVER)) {
      return call(database -> world.register.takeOver(database, plan));
    }
    TakeOver first =
        new TakeOver(
            plan.log(), plan.position(), List.of(), plan.unsettled(), plan.loss(), plan.rest());
    boolean done = call(database -> world.register.takeOver(database, first));
    world.calls.later(() -> late(database -> world.register.takeOver(database, plan)));
    return done;
  }

  @Override
  public boolean end(UUID log, LogPosition end, boolean takenOver) {
    return call(database -> world.register.end(database, log, end, takenOver));
  }

  @Override
  public void fork(UUID log) {
    boolean _ =
        call(
            database -> {
              world.register.fork(database, log);
              return true;
            });
  }

  @Override
  public SettlementAnswer settle(SettlementBatch batch) {
    return answer(call(database -> world.books.settle(database, batch)));
  }

  @Override
  public SettlementAnswer keepException(SettlementBatch one, String why) {
    return answer(call(database -> world.books.keepException(database, one)));
  }

  private SettlementAnswer answer(SettlementAnswer answer) {
    return answer instanceof SettlementAnswer.Elsewhere elsewhere
        ? new SettlementAnswer.Elsewhere(seen(elsewhere.standing()))
        : answer;
  }

  /** Without chains, a position is whatever the own log has at that number. */
  private LogStanding seen(LogStanding standing) {
    return world.rules.contains(PassageRule.CHAIN_COMPARED)
            || !world.witness.isDoubled(standing.log())
        ? standing
        : machine.ownPlace(standing);
  }
}
