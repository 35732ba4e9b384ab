package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void many_callers_share_the_log_and_all_are_there(@TempDir Path folder) throws Exception {
    LogStorage storage = FileLogStorage.in(folder);
    GroupCommit group =
        GroupCommit.start(
            LogWriter.begin(storage, SomeRecords.identity(1), 256 << 10, Runnable::run), 64);
    List<Thread> callers = new ArrayList<>();
    List<CompletableFuture<Optional<LogPosition>>> answers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      SomeRecords some = new SomeRecords(caller);
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 10; i++) {
                      LogRecord.Intent intent = some.intent();
                      assertThat(group.submit(intent).join()).isPresent();
                      CompletableFuture<Optional<LogPosition>> answer =
                          group.submit(some.result(intent.charge()));
                      synchronized (answers) {
                        answers.add(answer);
                      }
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    for (CompletableFuture<Optional<LogPosition>> answer : answers) {
      assertThat(answer.get(10, TimeUnit.SECONDS)).isPresent();
    }
    LogPosition end = group.close(NOW).get(10, TimeUnit.SECONDS).orElseThrow();

    ReadLog read = ReadLog.of(storage);
    assertThat(end.sequence()).isEqualTo(161);
    assertThat(read.scan().last()).isEqualTo(end);
    assertThat(read.scan().end()).isInstanceOf(LogEnd.Closed.class);
  }

  @Test
  void more_open_intents_than_agreed_are_refused() throws Exception {
    SomeRecords some = new SomeRecords(2);
    GroupCommit group =
        GroupCommit.start(
            LogWriter.begin(
                new UnsafeStorage(2), SomeRecords.identity(2), 256 << 10, Runnable::run),
            1);
    LogRecord.Intent first = some.intent();

    assertThat(group.submit(first).join()).isPresent();
    assertThat(group.submit(some.intent()).join()).isEmpty();
    assertThat(group.submit(some.result(first.charge())).join()).isPresent();
    assertThat(group.submit(some.intent()).join()).isPresent();
  }

  @Test
  void after_a_failed_fsync_nothing_is_acknowledged() throws Exception {
    SomeRecords some = new SomeRecords(3);
    UnsafeStorage storage = new UnsafeStorage(3);
    storage.failForceAt = 1;
    GroupCommit group =
        GroupCommit.start(
            LogWriter.begin(storage, SomeRecords.identity(3), 256 << 10, Runnable::run), 8);

    for (int i = 0; i < 3; i++) {
      CompletableFuture<Optional<LogPosition>> answer = group.submit(some.intent());
      assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(LogStopped.class);
    }
  }

  @Test
  void an_interrupted_caller_does_not_close_the_log(@TempDir Path folder) throws Exception {
    LogWriter writer =
        LogWriter.begin(
            FileLogStorage.in(folder), SomeRecords.identity(4), 256 << 10, Runnable::run);
    SomeRecords some = new SomeRecords(4);

    Thread.currentThread().interrupt();
    writer.admit(some.intent());
    writer.flush();
    writer.force();
    assertThat(Thread.interrupted()).isTrue();

    writer.admit(some.intent());
    assertThat(writer.force().sequence()).isEqualTo(2);
  }
}
