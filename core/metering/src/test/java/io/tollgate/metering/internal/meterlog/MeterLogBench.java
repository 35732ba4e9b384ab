package io.tollgate.metering.internal.meterlog;

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

/** Measures what a record costs: {@code MeterLogBench DIRECTORY}. Prints; asserts nothing. */
public final class MeterLogBench {
  private static final int RECORDS = 400_000;
  private static final int GROUPS = 400;

  private MeterLogBench() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int run = 0;
    for (int round = 0; round < 3; round++) {
      for (int group : new int[] {1, 8, 32, 128}) {
        LogWriter writer = writer(folder.resolve("process-" + run++));
        System.out.printf(
            "process, %3d records a write: %6d ns per record%n", group, process(writer, group));
      }
      for (int group : new int[] {1, 32}) {
        LogWriter writer = writer(folder.resolve("disk-" + run++));
        System.out.printf(
            "disk, %3d records a group:    %6d us per group%n", group, disk(writer, group));
      }
    }
    System.exit(0);
  }

  private static LogWriter writer(Path folder) throws IOException {
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

  private static long process(LogWriter writer, int group) {
    List<LogRecord.Intent> intents = new ArrayList<>();
    List<LogRecord.Result> results = new ArrayList<>();
    pairs(RECORDS / 2, intents, results);
    long started = System.nanoTime();
    int staged = 0;
    for (int i = 0; i < intents.size(); i++) {
      admit(writer, intents.get(i));
      if (++staged % group == 0) {
        writer.flush();
      }
      writer.finish(results.get(i));
      if (++staged % group == 0) {
        writer.flush();
      }
    }
    writer.flush();
    return (System.nanoTime() - started) / RECORDS;
  }

  private static long disk(LogWriter writer, int group) {
    List<LogRecord.Intent> intents = new ArrayList<>();
    List<LogRecord.Result> results = new ArrayList<>();
    pairs(GROUPS * group, intents, results);
    long started = System.nanoTime();
    for (int i = 0; i < intents.size(); i++) {
      admit(writer, intents.get(i));
      if ((i + 1) % group == 0) {
        writer.force();
      }
    }
    return (System.nanoTime() - started) / GROUPS / 1_000;
  }

  private static void admit(LogWriter writer, LogRecord.Intent intent) {
    if (writer.admit(intent).isEmpty()) {
      throw new IllegalStateException("no room");
    }
  }

  private static void pairs(
      int count, List<LogRecord.Intent> intents, List<LogRecord.Result> results) {
    Random random = new Random(1);
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
              "openai",
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
