package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.ChargeId;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the spool to whoever carries it on, in files as small as can be. */
class LogSenderTest {
  private static final int SEGMENT = 64 << 10;
  private static final long SPOOL = 4L << 20;

  @TempDir private Path home;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<LoggedRow> carried = new CopyOnWriteArrayList<>();

  @Test
  void all_that_was_logged_is_sent_in_its_order_and_its_files_are_removed() throws Exception {
    List<ChargeId> told;
    try (StandaloneSending sending = open(home)) {
      told = tell(sending, 1_300);
      sending.sending().begin(carried::addAll);
      awaitCarried(1_300);
      assertThat(meters.get("tollgate.request.log.stored").counter().count()).isEqualTo(1_300);
    }
    assertThat(ids()).isEqualTo(told);
    assertThat(carried).noneMatch(LoggedRow::elsewhere);
    assertThat(spoolFiles(home)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void what_nobody_takes_is_given_again_and_its_lag_is_seen() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    try (StandaloneSending sending = open(home)) {
      List<ChargeId> told = tell(sending, 700);
      sending
          .sending()
          .begin(
              rows -> {
                if (away.get()) {
                  throw new IOException("away");
                }
                carried.addAll(rows);
              });
      await().until(() -> lag() > 0);
      away.set(false);
      awaitCarried(700);
      assertThat(ids()).isEqualTo(told);
      await().until(() -> lag() == 0);
    }
  }

  @Test
  void after_a_kill_the_rest_is_sent_and_only_the_last_batch_once_more() throws Exception {
    List<ChargeId> told;
    Path copy = home.resolve("copy");
    AtomicInteger batches = new AtomicInteger();
    try (StandaloneSending killed = open(home.resolve("killed"))) {
      told = tell(killed, 1_800);
      killed
          .sending()
          .begin(
              rows -> {
                if (batches.incrementAndGet() > 2) {
                  throw new IOException("away");
                }
                carried.addAll(rows);
                if (batches.get() == 2) {
                  // a disk as it is once these have arrived, and nobody has noted it
                  copy(home.resolve("killed"), copy);
                }
              });
      await().until(() -> batches.get() > 2);
    }
    assertThat(carried).hasSize(2 * RequestCarrier.ROWS_MAX);
    try (StandaloneSending after = open(copy)) {
      after.sending().begin(carried::addAll);
      awaitCarried(1_800 + RequestCarrier.ROWS_MAX);
    }
    assertThat(ids()).hasSize(1_800 + RequestCarrier.ROWS_MAX).containsAll(told);
    assertThat(ids().stream().distinct()).hasSize(1_800);
  }

  @Test
  void where_its_marks_are_damaged_all_is_sent_once_more_and_nothing_is_lost() throws Exception {
    List<ChargeId> told;
    try (StandaloneSending sending = open(home)) {
      told = tell(sending, 90);
      sending.sending().begin(carried::addAll);
      awaitCarried(90);
      await().until(() -> Files.exists(home.resolve("spool/sent")));
    }
    Path marks = home.resolve("spool/sent");
    String right = Files.readString(marks);
    for (String damaged :
        List.of("", "x", "\n\n", right.substring(0, right.length() - 2), right.replace(' ', '1'))) {
      carried.clear();
      Files.writeString(marks, damaged);
      Path copy = Files.createTempDirectory(home, "copy");
      copy(home, copy);
      try (StandaloneSending sending = open(copy)) {
        sending.sending().begin(carried::addAll);
        awaitCarried(90);
      }
      assertThat(ids()).as(damaged).isEqualTo(told);
    }
    carried.clear();
    Files.writeString(marks, right);
    try (StandaloneSending sending = open(home)) {
      sending.sending().begin(carried::addAll);
      await().until(() -> spoolFiles(home).isEmpty());
    }
    assertThat(carried).isEmpty();
  }

  @Test
  void a_full_spool_counts_what_it_loses_and_what_it_holds_is_sent() throws Exception {
    try (StandaloneSending sending =
        StandaloneSending.open(home, SEGMENT, 2L * SEGMENT, new SimpleMeterRegistry())) {
      RequestLog writer = sending.writer(1);
      for (int i = 0; i < 3_000; i++) {
        writer.ended(served(NOON.plusSeconds(i), 1, "m"));
      }
      assertThat(sending.spoolBytes()).isEqualTo(2L * SEGMENT);
      sending.sending().begin(carried::addAll);
      await().until(() -> carried.size() > RequestCarrier.ROWS_MAX / 2);
      assertThatThrownBy(() -> sending.sending().begin(carried::addAll))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(carried).hasSizeLessThan(3_000);
    assertThat(ids()).doesNotHaveDuplicates();
  }

  @Test
  void one_that_never_began_ends_and_keeps_what_waits() throws Exception {
    try (StandaloneSending sending = open(home)) {
      var _ = tell(sending, 5);
    }
    try (StandaloneSending sending = open(home)) {
      sending.sending().begin(carried::addAll);
      awaitCarried(5);
    }
  }

  private StandaloneSending open(Path folder) throws IOException {
    return StandaloneSending.open(
        Files.createDirectories(folder), SEGMENT, SPOOL, folder == home ? meters : meters());
  }

  private static SimpleMeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  private static List<ChargeId> tell(StandaloneSending sending, int count) {
    RequestLog writer = sending.writer(1_000_000);
    List<ChargeId> told = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      LoggedRequest request =
          i % 10 == 0
              ? refused(NOON.plusSeconds(i), 401, "X")
              : served(NOON.plusSeconds(i), 1 + i % 3, "m");
      writer.ended(request);
      told.add(request.id());
    }
    return told;
  }

  private List<ChargeId> ids() {
    return carried.stream().map(row -> row.request().id()).toList();
  }

  private double lag() {
    return meters.get("tollgate.request.log.lag.seconds").gauge().value();
  }

  private void awaitCarried(int count) {
    await().until(() -> carried.size() >= count);
  }

  private static List<Path> spoolFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files.filter(file -> file.toString().endsWith(".spool")).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Path target = Files.createDirectories(to.resolve("spool"));
    try (Stream<Path> files = Files.list(from.resolve("spool"))) {
      for (Path file : files.toList()) {
        var _ = Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
  }
}
