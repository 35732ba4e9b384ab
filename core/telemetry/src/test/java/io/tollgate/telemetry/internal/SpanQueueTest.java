package io.tollgate.telemetry.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SpanQueueTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ExportedSpan> taken = new CopyOnWriteArrayList<>();

  @Test
  void what_waits_at_the_end_is_still_sent() {
    SpanQueue queue = new SpanQueue(100, 60_000, sender(batch -> Optional.empty()), meters);
    queue.start();
    for (int i = 0; i < 10; i++) {
      queue.offer(span(i));
    }
    queue.close();
    assertThat(taken).hasSize(10);
    assertThat(counted("tollgate.traces.spans.sent")).isEqualTo(10);
  }

  @Test
  void collector_that_does_not_answer_costs_spans_and_no_time() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    SpanQueue queue =
        new SpanQueue(
            16,
            1,
            sender(
                batch -> {
                  asked.countDown();
                  awaitQuietly(answers);
                  return Optional.of("too slow");
                }),
            meters);
    queue.start();
    queue.offer(span(0));
    asked.await();
    for (int i = 1; i <= 1000; i++) {
      queue.offer(span(i));
    }
    assertThat(dropped("queue_full")).isEqualTo(1000 - 16);
    answers.countDown();
    await().until(() -> dropped("not_taken") >= 1);
    queue.close();
    assertThat(dropped("queue_full") + dropped("not_taken") + waiting()).isEqualTo(1001);
  }

  @Test
  void sender_that_throws_does_not_end_it() {
    SpanQueue queue =
        new SpanQueue(
            100,
            1,
            sender(
                batch -> {
                  if (batch.getFirst().id() == 2) {
                    throw new IllegalStateException("broken");
                  }
                  return Optional.empty();
                }),
            meters);
    queue.start();
    queue.offer(span(1));
    await().until(() -> dropped("not_taken") == 1);
    queue.offer(span(2));
    await().until(() -> counted("tollgate.traces.spans.sent") == 1);
    queue.close();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SpanSender sender(java.util.function.Function<List<ExportedSpan>, Optional<String>> by) {
    return new SpanSender() {
      @Override
      public Optional<String> send(List<ExportedSpan> spans) {
        taken.addAll(spans);
        return by.apply(spans);
      }

      @Override
      public void close() {}
    };
  }

  private double counted(String name) {
    return meters.get(name).counter().count();
  }

  private double dropped(String reason) {
    return meters.get("tollgate.traces.spans.dropped").tag("reason", reason).counter().count();
  }

  private double waiting() {
    return meters.get("tollgate.traces.spans.waiting").gauge().value();
  }

  private static ExportedSpan span(int id) {
    return new ExportedSpan(
        1, 2, id + 1L, 0, "step", SpanKind.INTERNAL, 1, 2, false, Attributes.empty());
  }
}
