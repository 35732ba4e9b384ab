package io.tollgate.metering.internal.meterlog;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Charges of one user, as intents and their results, for measuring. */
final class SomeCourse {
  private final List<LogRecord.Intent> intents = new ArrayList<>();
  private final List<LogRecord.Result> results = new ArrayList<>();

  SomeCourse(int charges) {
    pairs(charges);
  }

  /** A log whose segments have been forced often enough for the disk to be awake. */
  static LogWriter writer(Path folder) throws IOException {
    ExecutorService background =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    LogWriter writer =
        LogWriter.begin(
            FileLogStorage.in(folder),
            SomeRecords.identity(1),
            LogWriter.DEFAULT_SEGMENT_BYTES * 4,
            background);
    for (int i = 0; i < 100; i++) {
      writer.force();
    }
    return writer;
  }

  /** Stages the intents from one number to before another; waits for room. */
  void admit(LogWriter writer, int from, int to) {
    for (LogRecord.Intent intent : intents.subList(from, to)) {
      while (writer.admit(intent).isEmpty()) {
        // the next segment is being made
        LockSupport.parkNanos(100_000);
      }
    }
  }

  /** Stages their results. */
  void finish(LogWriter writer, int from, int to) {
    results.subList(from, to).forEach(writer::finish);
  }

  private void pairs(int count) {
    Random random = new Random();
    List<LogRecord.Leg> legs =
        List.of(
            new LogRecord.Leg(LogRecord.LegKind.PAYMENT, new AccountId(11), 20_000),
            new LogRecord.Leg(LogRecord.LegKind.LIMIT, new AccountId(12), 20_000));
    TokenUsage usage = TokenUsage.of(700, 300);
    for (int i = 0; i < count; i++) {
      Instant at = Instant.ofEpochMilli(1_790_000_000_000L + i);
      ChargeId charge = ChargeId.create(at.toEpochMilli(), random);
      intents.add(
          new LogRecord.Intent(
              charge,
              at,
              new TenantId(1),
              new UserId(2),
              new ApiKeyId(3),
              Protocol.OPENAI,
              "gpt-4o-mini",
              true,
              Optional.empty(),
              "list:gpt-4o-mini@2026-01-01:0.15/0.60 x1",
              usage,
              legs));
      results.add(
          new LogRecord.Result(
              charge,
              at,
              usage,
              true,
              20_000,
              0,
              legs,
              200,
              Optional.empty(),
              OptionalLong.of(1),
              "gpt-4o-mini",
              1,
              812,
              OptionalLong.of(120)));
    }
  }
}
