package io.tollgate.trading.node.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.node.internal.journal.TaskRecord.Ended;
import io.tollgate.trading.node.internal.journal.TaskRecord.Sending;
import io.tollgate.web.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal has, whatever happened to its file and its process. */
class TaskJournalTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final TaskIdentity IDENTITY =
      new TaskIdentity(7, Exchange.BINANCE, MarketType.FUTURE, BTC, Side.BUY);
  private static final JournalLimits LIMITS = new JournalLimits(1 << 20, 0, Duration.ofDays(7));

  @TempDir private Path folder;
  private Instant now = NOW;

  private TaskJournal open() {
    return open(LIMITS);
  }

  private TaskJournal open(JournalLimits limits) {
    InstantSource clock = () -> now;
    return TaskJournal.open(folder, limits, clock, () -> {});
  }

  private Path file() {
    return folder.resolve("tasks.journal");
  }

  private static Sending sending(String task, Instant at) {
    OrderRequest order =
        OrderRequest.limit(
            ClientOrderId.ofTask(task),
            BTC,
            Side.BUY,
            new BigDecimal("0.0100"),
            new BigDecimal("50123.5"),
            PositionSide.LONG);
    return new Sending(
        task, IDENTITY, at, new Intent(order, at.plusNanos(123_000), at.plusSeconds(5)));
  }

  private static Ended ended(String task, Instant at, String text) {
    return new Ended(task, IDENTITY, at, Json.MAPPER.createObjectNode().put("said", text));
  }

  @Test
  void what_was_written_is_there_for_the_next_process() {
    try (TaskJournal journal = open()) {
      journal.write(sending("one", NOW));
      journal.write(sending("two", NOW));
      journal.write(ended("two", NOW, "done"));
      assertThat(journal.find("one")).contains(sending("one", NOW));
      assertThat(journal.find("two")).contains(ended("two", NOW, "done"));
      assertThat(journal.find("three")).isEmpty();
    }
    try (TaskJournal journal = open()) {
      assertThat(journal.find("one")).contains(sending("one", NOW));
      assertThat(journal.find("two")).contains(ended("two", NOW, "done"));
      assertThat(journal.tasks()).isEqualTo(2);
    }
  }

  @Test
  void a_file_that_ends_anywhere_has_all_that_was_whole() throws IOException {
    List<Long> lengths = new ArrayList<>();
    try (TaskJournal journal = open()) {
      lengths.add(Files.size(file()));
      for (int i = 0; i < 4; i++) {
        journal.write(sending("task-" + i, NOW));
        lengths.add(Files.size(file()));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    for (int cut = lengths.getFirst().intValue(); cut < whole.length; cut += 7) {
      Files.write(file(), Arrays.copyOf(whole, cut));
      int there = 0;
      while (lengths.get(there + 1) <= cut) {
        there++;
      }
      try (TaskJournal journal = open()) {
        assertThat(journal.tasks()).as("cut at %s", cut).isEqualTo(there);
        journal.write(ended("after", NOW, "the cut"));
      }
      try (TaskJournal journal = open()) {
        assertThat(journal.tasks()).as("cut at %s", cut).isEqualTo(there + 1);
      }
    }
  }

  @Test
  void damage_with_records_behind_it_is_told_and_nothing_is_done() throws IOException {
    try (TaskJournal journal = open()) {
      for (int i = 0; i < 3; i++) {
        journal.write(sending("task-" + i, NOW));
      }
    }
    byte[] whole = Files.readAllBytes(file());
    int first = whole.length / 3;
    for (int at = 8; at < first; at += 11) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x20;
      Files.write(file(), damaged);
      assertThatThrownBy(this::open)
          .as("damaged at %s", at)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("damaged at byte 8");
      assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }
    Files.write(file(), "something else".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(this::open).hasMessageContaining("is no journal");
  }

  @Test
  void one_process_at_a_time_has_it() {
    try (TaskJournal journal = open()) {
      assertThat(journal.failure()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another process");
    }
    open().close();
  }

  @Test
  void it_stays_small_and_forgets_only_what_has_long_ended() throws IOException {
    try (TaskJournal journal = open()) {
      journal.write(sending("open", NOW));
      journal.write(ended("old", NOW, "done"));
      now = NOW.plus(Duration.ofDays(8));
      journal.write(ended("new", now, "done"));
      for (int i = 0; i < 300; i++) {
        journal.write(ended("again", now, "done ".repeat(1_000) + i));
      }
      assertThat(Files.size(file())).isLessThan(600 << 10);
      assertThat(journal.find("open")).isPresent();
      assertThat(journal.find("new")).isPresent();
      assertThat(journal.find("again")).contains(ended("again", now, "done ".repeat(1_000) + 299));
      assertThat(journal.find("old")).isEmpty();
    }
    try (TaskJournal journal = open()) {
      assertThat(journal.find("open")).contains(sending("open", NOW));
      assertThat(journal.tasks()).isEqualTo(3);
    }
  }

  @Test
  void full_it_takes_no_new_task_and_the_end_of_those_it_has() {
    String large = "x".repeat(100_000);
    try (TaskJournal journal = open()) {
      journal.write(sending("before", NOW));
      for (int i = 0; i < 11; i++) {
        journal.write(ended("task-" + i, NOW, large));
      }
      assertThatThrownBy(() -> journal.write(sending("too-much", NOW)))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("full");
      journal.write(ended("before", NOW, "done"));
      assertThat(journal.failure()).isEmpty();
      now = NOW.plus(Duration.ofDays(8));
      journal.write(sending("there-is-room", now));
    }
    try (TaskJournal journal = open(new JournalLimits(1 << 20, Long.MAX_VALUE, LIMITS.keep()))) {
      assertThatThrownBy(() -> journal.write(sending("no-disk", NOW)))
          .hasMessageContaining("left on the disk");
    }
  }

  @Test
  void many_write_at_once_and_all_of_it_is_there() throws Exception {
    int tasks = 400;
    try (TaskJournal journal = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        String task = "task-" + i;
        writing.add(
            threads.submit(
                () -> {
                  journal.write(sending(task, NOW));
                  journal.write(ended(task, NOW, task));
                }));
      }
      for (Future<?> each : writing) {
        assertThat(each.get()).isNull();
      }
    }
    try (TaskJournal journal = open()) {
      for (int i = 0; i < tasks; i++) {
        assertThat(journal.find("task-" + i)).contains(ended("task-" + i, NOW, "task-" + i));
      }
    }
  }

  private static void writeIfNotInterrupted(TaskJournal journal, String task) {
    try {
      journal.write(sending(task, NOW));
    } catch (JournalException e) {
      assertThat(e).hasMessageContaining("interrupted");
    }
  }

  @Test
  void who_is_interrupted_while_writing_harms_nobody() {
    try (TaskJournal journal = open()) {
      for (int i = 0; i < 50; i++) {
        String task = "task-" + i;
        Thread.ofVirtual().start(() -> writeIfNotInterrupted(journal, task)).interrupt();
      }
      journal.write(sending("after", NOW));
      assertThat(journal.failure()).isEmpty();
      assertThat(journal.find("after")).isPresent();
    }
  }
}
