package io.tollgate.bench.log;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.program.OldFolders;
import io.tollgate.bench.program.ProcessCost;
import io.tollgate.bench.report.MachineUse;
import io.tollgate.bench.report.ReportGoal;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestSearch;
import io.tollgate.insight.StandaloneLog;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** P9: lists, filters and statistics of a log of many requests, in one file of DuckDB. */
public record LogBench(BenchOptions options, Path folder) {
  /** So long ago that a hundred million are over. */
  private static final Instant BEGIN = Instant.parse("2024-06-01T00:00:00Z");

  private static final Duration APART = Duration.ofMillis(500);
  private static final int MEMORY_MIB = 256;
  private static final int PAGE = 50;
  private static final int LISTS = 40;
  private static final int SUMS = 8;
  private static final double LIST_MS = 100;
  private static final double SUM_MS = 1_000;

  /** How long a question took with so many rows. */
  private record Asked(String what, boolean list, double p50Ms, double p95Ms) {}

  /** What was seen at one size. */
  private record Size(long rows, double bytesPerRow, double secondsToStore, List<Asked> asked) {}

  public void run() throws IOException {
    List<Size> sizes = new ArrayList<>();
    long[] before = ProcessCost.machine();
    FloodSeen flood;
    try (StandaloneLog log = StandaloneLog.open(folder, MEMORY_MIB, 1, new SimpleMeterRegistry())) {
      MadeRequests made = new MadeRequests(9);
      RequestLog writer = log.writer(100);
      long rows = 0;
      for (long size : List.of(options.rows() / 10L, (long) options.rows())) {
        long began = System.nanoTime();
        while (rows < size) {
          writer.ended(made.next(BEGIN.plus(APART.multipliedBy(rows))));
          rows++;
          if (rows % 50_000 == 0) {
            awaitSpool(log);
          }
        }
        awaitStored(log, rows);
        double seconds = (System.nanoTime() - began) / 1e9;
        // as a log stands by day: what came before today has its sums
        while (!log.hasAddedUp()) {
          LockSupport.parkNanos(200_000_000);
        }
        System.out.printf(Locale.ROOT, "P9 has stored %d rows in %.0f s%n", rows, seconds);
        sizes.add(measured(log, rows, seconds));
        System.out.println("P9 " + sizes.getLast());
      }
      flood = FloodSeen.of(log, Duration.ofSeconds(options.seconds() * 2L));
      System.out.println("P9 " + flood);
    }
    String page = page(sizes, flood, MachineUse.since(before));
    System.out.println(page);
    Files.writeString(options.report().resolve("p9.md"), page);
    OldFolders.delete(folder);
  }

  private static void awaitSpool(StandaloneLog log) {
    while (log.spoolBytes() > 256L << 20) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static void awaitStored(StandaloneLog log, long rows) {
    while (log.requests().count(LogFilter.ALL) < rows) {
      LockSupport.parkNanos(200_000_000);
    }
  }

  private Size measured(StandaloneLog log, long rows, double seconds) throws IOException {
    RequestSearch search = log.requests();
    SplittableRandom random = new SplittableRandom(rows);
    List<LoggedRow> some = sample(search, rows, random);
    Instant end = BEGIN.plus(APART.multipliedBy(rows));
    List<Asked> asked = new ArrayList<>();
    asked.add(list("newest first", search, i -> LogFilter.ALL));
    asked.add(
        time(
            "page by cursor, anywhere",
            true,
            LISTS,
            i ->
                search.find(
                    LogFilter.ALL, PAGE, Optional.of(some.get(i % some.size()).position()))));
    asked.add(
        list(
            "an hour",
            search,
            i -> {
              Instant from = some.get(i % some.size()).request().arrivedAt();
              return FilterOf.time(from, from.plus(Duration.ofHours(1)));
            }));
    asked.add(list("request id", search, i -> LogFilter.of(id(some, i))));
    asked.add(list("user", search, i -> FilterOf.user(1 + random.nextLong(MadeRequests.USERS))));
    asked.add(list("key", search, i -> FilterOf.key(1 + random.nextLong(MadeRequests.USERS))));
    asked.add(sum("model, a list", search, i -> FilterOf.model("model-" + i % 40)));
    asked.add(sum("status 502, a list", search, i -> FilterOf.status(502)));
    asked.add(sum("error code, a list", search, i -> FilterOf.error("ERROR_402")));
    asked.add(
        sum(
            "trace id, a list",
            search,
            i -> FilterOf.trace(some.get(i % some.size()).request().traceId().orElse("0"))));
    asked.add(
        sum(
            "the caller's own id, a list",
            search,
            i ->
                FilterOf.client(
                    some.get(i % some.size()).request().clientRequestId().orElse("0"))));
    asked.add(time("count of a user's", false, SUMS, i -> search.count(FilterOf.user(1 + i))));
    for (LogGrouping grouping :
        List.of(LogGrouping.MODEL, LogGrouping.STATUS, LogGrouping.TENANT)) {
      asked.add(
          time(
              "statistics of all by " + grouping.name().toLowerCase(Locale.ROOT),
              false,
              SUMS,
              i -> search.statistics(LogFilter.ALL, grouping, 1_000)));
    }
    asked.add(
        time(
            "statistics of the last day by hour",
            false,
            SUMS,
            i ->
                search.statistics(
                    FilterOf.time(end.minus(Duration.ofDays(1)), end), LogGrouping.HOUR, 1_000)));
    asked.add(
        time(
            "statistics of a user by day",
            false,
            SUMS,
            i -> search.statistics(FilterOf.user(1 + i), LogGrouping.DAY, 1_000)));
    double bytes = (double) Files.size(StandaloneLog.file(folder)) / rows;
    return new Size(rows, bytes, seconds, asked);
  }

  private static List<LoggedRow> sample(RequestSearch search, long rows, SplittableRandom random) {
    List<LoggedRow> some = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Instant at = BEGIN.plus(APART.multipliedBy(random.nextLong(rows)));
      some.addAll(search.find(FilterOf.before(at.plus(APART)), 4, Optional.empty()));
    }
    return some;
  }

  private static UUID id(List<LoggedRow> some, int i) {
    LogPosition position = some.get(i % some.size()).position();
    return position.request();
  }

  private interface Filtering {
    LogFilter of(int round);
  }

  private interface Asking {
    Object ask(int round);
  }

  private static Asked list(String what, RequestSearch search, Filtering filter) {
    return time(what, true, LISTS, i -> search.find(filter.of(i), PAGE, Optional.empty()));
  }

  private static Asked sum(String what, RequestSearch search, Filtering filter) {
    return time(what, false, SUMS, i -> search.find(filter.of(i), PAGE, Optional.empty()));
  }

  private static Asked time(String what, boolean list, int rounds, Asking asking) {
    Object unused = asking.ask(0);
    double[] ms = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long began = System.nanoTime();
      unused = asking.ask(i);
      ms[i] = (System.nanoTime() - began) / 1e6;
    }
    if (unused == null) {
      throw new IllegalStateException("nothing was answered");
    }
    Arrays.sort(ms);
    return new Asked(what, list, ms[rounds / 2], ms[(int) Math.ceil(rounds * 0.95) - 1]);
  }

  private String page(List<Size> sizes, FloodSeen flood, MachineUse machine) {
    Size most = sizes.getLast();
    List<ReportGoal> goals = new ArrayList<>();
    for (Asked asked : most.asked()) {
      goals.add(
          ReportGoal.below(
              "P9", asked.what() + ", p95", asked.list() ? LIST_MS : SUM_MS, asked.p95Ms(), " ms"));
    }
    StringBuilder text = new StringBuilder("# P9: the log of requests\n\n");
    text.append(machine.text())
        .append("\n\n`./tollgate bench p9 --rows ")
        .append(options.rows())
        .append("`\n\n")
        .append(ReportGoal.table(goals))
        .append("\n| p50 / p95, ms |");
    sizes.forEach(size -> text.append(" %,d rows |".formatted(size.rows())));
    text.append("\n|---|").append("---:|".repeat(sizes.size())).append('\n');
    for (int i = 0; i < most.asked().size(); i++) {
      text.append("| ").append(most.asked().get(i).what()).append(" |");
      for (Size size : sizes) {
        Asked asked = size.asked().get(i);
        text.append(" %.1f / %.1f |".formatted(asked.p50Ms(), asked.p95Ms()));
      }
      text.append('\n');
    }
    text.append("| bytes a row on disk |");
    sizes.forEach(size -> text.append(" %.0f |".formatted(size.bytesPerRow())));
    text.append("\n| seconds to spool and store |");
    sizes.forEach(size -> text.append(" %.0f |".formatted(size.secondsToStore())));
    return text.append(
            """


            One file of DuckDB with %d MiB of memory, one thread a query; %,d users of whom some ask much more than others, \
            %d models. Rows came through the spool, as those of a gateway.

            ## A flood of refused requests

            %s
            """
                .formatted(MEMORY_MIB, MadeRequests.USERS, MadeRequests.MODELS, flood.text()))
        .toString();
  }
}
