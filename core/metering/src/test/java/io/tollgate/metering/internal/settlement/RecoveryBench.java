package io.tollgate.metering.internal.settlement;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long a log with a million unsettled records takes to be planned, and to be read for
 * settlement. Run with an empty directory; prints.
 */
public final class RecoveryBench {
  private static final int CHARGES = 500_000;
  private static final int IN_FLIGHT = 1_000;

  private RecoveryBench() {}

  public static void main(String[] arguments) throws IOException {
    LogShelf shelf = FileLogShelf.of(Path.of(arguments[0]));
    LogIdentity identity =
        new LogIdentity(new UUID(1, 1), new UUID(2, 2), new UUID(3, 3), new UUID(4, 4), 0);
    say("written", () -> write(shelf, identity));
    LogStanding start =
        new LogStanding(identity.log(), LogState.OPEN, LogCursor.start(identity.log()), 1);
    Circumstances circumstances =
        new Circumstances(identity.ledger(), identity.boot(), false, Instant.now());
    for (int round = 0; round < 3; round++) {
      say(
          "planned",
          () -> {
            RecoveryPlan plan =
                RecoveryPlanner.plan(
                    identity.log(), shelf.log(identity.log()), Optional.of(start), circumstances);
            System.out.println(plan.explain());
          });
      say(
          "read and joined",
          () -> {
            LogJoin join =
                LogJoin.at(shelf.log(identity.log()), identity, start.position(), 1, true);
            long through = 2L * CHARGES;
            while (join.settled().sequence() < through) {
              join.read(through);
              join.settled(join.batch(SettlementBatch.MAX).orElseThrow());
            }
          });
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void say(String what, Work work) throws IOException {
    long from = System.nanoTime();
    try {
      work.run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    System.out.println(what + ": " + (System.nanoTime() - from) / 1_000_000 + " ms");
  }

  private static void write(LogShelf shelf, LogIdentity identity) throws IOException {
    Random random = new Random(1);
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      LogWriter writer =
          LogWriter.begin(
              shelf.log(identity.log()), identity, LogWriter.DEFAULT_SEGMENT_BYTES, background);
      ChargeId[] open = new ChargeId[IN_FLIGHT];
      for (int i = 0; i < CHARGES + IN_FLIGHT; i++) {
        ChargeId before = open[i % IN_FLIGHT];
        if (before != null) {
          var _ = writer.finish(result(before, random));
        }
        if (i < CHARGES) {
          ChargeId charge = ChargeId.create(1_790_000_000_000L + i, random);
          open[i % IN_FLIGHT] = charge;
          Optional<LogPosition> position = writer.admit(intent(charge, random));
          while (position.isEmpty()) {
            Thread.onSpinWait();
            position = writer.admit(intent(charge, random));
          }
        }
        if (i % 8 == 0) {
          var _ = writer.flush();
        }
      }
      var _ = writer.force();
    }
  }

  private static Intent intent(ChargeId charge, Random random) {
    long user = 1 + random.nextInt(10_000);
    return new Intent(
        charge,
        Instant.ofEpochMilli(1_790_000_000_000L),
        new TenantId(1),
        new UserId(user),
        new ApiKeyId(user),
        Protocol.OPENAI,
        "a-model-of-some-name",
        false,
        Optional.empty(),
        "demo/2026-11-21/1.0",
        TokenUsage.of(1_000, 500),
        List.of(
            new Leg(LegKind.PAYMENT, new AccountId(user), 1_500),
            new Leg(LegKind.PAYMENT, new AccountId(20_000 + user), 1_000_000)));
  }

  private static Result result(ChargeId charge, Random random) {
    long user = 1 + random.nextInt(10_000);
    return new Result(
        charge,
        Instant.ofEpochMilli(1_790_000_000_500L),
        TokenUsage.of(1_000, 300),
        true,
        1_300,
        0,
        List.of(new Leg(LegKind.PAYMENT, new AccountId(user), 1_300)),
        200,
        Optional.empty(),
        OptionalLong.of(7),
        "a-model-of-some-name",
        1,
        500,
        OptionalLong.empty());
  }
}
