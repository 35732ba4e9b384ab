package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.Retention;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.relay.gateway.LoggedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that adds days up answers what one does that never did. */
@Tag("slow")
@Tag("slow")
class SummedStatisticsTest {
  private static final Retention ALL_KEPT = Retention.of(Instant.EPOCH);

  private static final int DAYS = 5;

  /** Of these days the first are of a month that is over, the others are not. */
  private static final Instant LAST = NOON.minus(Duration.ofDays(28));

  private static final List<LogGrouping> GROUPINGS =
      List.of(
          LogGrouping.NONE,
          LogGrouping.TENANT,
          LogGrouping.ACCOUNT,
          LogGrouping.MODEL,
          LogGrouping.PLATFORM,
          LogGrouping.STATUS,
          LogGrouping.ERROR,
          LogGrouping.DAY);

  private final RandomGenerator random =
      RandomGeneratorFactory.of("L64X128MixRandom").create(20_261_201);

  @TempDir private Path home;
  private LogStore summed;
  private LogStore plain;

  @BeforeEach
  void fill() throws StoreException {
    summed = DuckStore.open(home.resolve("summed.duckdb"), 256, 1, 100);
    plain = DuckStore.open(home.resolve("plain.duckdb"), 256, 1, 100);
    List<SpoolEntry> entries = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      entries.add(entry(LAST.minus(Duration.ofSeconds(random.nextInt(DAYS * 86_400)))));
    }
    both(entries);
  }

  @AfterEach
  void close() throws StoreException {
    summed.close();
    plain.close();
  }

  @Test
  void statistics_are_the_same_whatever_was_added_up() throws StoreException {
    equal();
    assertThat(summed.addUp(NOON, ALL_KEPT)).isTrue();
    equal();
    addUp(ALL_KEPT);
    equal();
    assertThat(summed.addUp(NOON, ALL_KEPT)).isFalse();
  }

  @Test
  void they_are_when_requests_come_late_are_set_right_or_leave() throws StoreException {
    addUp(ALL_KEPT);
    both(List.of(entry(LAST.minus(Duration.ofDays(2))), entry(LAST.minus(Duration.ofDays(6)))));
    equal();
    addUp(ALL_KEPT);
    equal();
    LoggedRow wrong = plain.find(LogFilter.ALL, 200, Optional.empty()).getLast();
    LoggedRow right =
        new LoggedRow(served(wrong.request().arrivedAt(), 2, "set-right"), wrong.weight());
    for (LogStore store : List.of(summed, plain)) {
      store.replace(List.of(new LoggedRow(wrong.request(), wrong.weight() + 4), right));
    }
    equal();
    addUp(ALL_KEPT);
    equal();
    Retention retention =
        new Retention(LAST.minus(Duration.ofDays(3)), Map.of(1L, LAST.minus(Duration.ofHours(36))));
    assertThat(summed.remove(retention)).isEqualTo(plain.remove(retention)).isPositive();
    equal();
    addUp(retention);
    equal();
  }

  @Test
  void they_are_when_a_request_is_set_right_over_midnight() throws StoreException {
    Instant midnight = Instant.parse(LAST.toString().substring(0, 10) + "T00:00:00Z");
    LoggedRequest wrong = served(midnight.minusSeconds(86_401), 2, "before-midnight");
    both(List.of(new SpoolEntry(wrong, 1)));
    addUp(ALL_KEPT);
    for (LogStore store : List.of(summed, plain)) {
      store.replace(List.of(new LoggedRow(at(wrong, midnight.minusSeconds(86_398)), 1)));
    }
    assertThat(summed.statistics(LogFilter.ALL, LogGrouping.DAY, 1_000))
        .isEqualTo(plain.statistics(LogFilter.ALL, LogGrouping.DAY, 1_000));
    equal();
  }

  @Test
  void a_file_that_is_opened_again_knows_its_sums() throws StoreException {
    addUp(ALL_KEPT);
    summed.close();
    summed = DuckStore.open(home.resolve("summed.duckdb"), 256, 1, 100);
    equal();
    assertThat(summed.addUp(NOON, ALL_KEPT)).isFalse();
    both(List.of(entry(LAST.minus(Duration.ofDays(3)))));
    equal();
    // the day, and the month that it is in
    assertThat(summed.addUp(NOON, ALL_KEPT)).isTrue();
    equal();
    assertThat(summed.addUp(NOON, ALL_KEPT)).isTrue();
    assertThat(summed.addUp(NOON, ALL_KEPT)).isFalse();
    equal();
  }

  private void addUp(Retention bounds) throws StoreException {
    int spans = 0;
    while (summed.addUp(NOON, bounds)) {
      spans++;
      assertThat(spans).isLessThan(100);
    }
  }

  private void equal() throws StoreException {
    List<LogFilter> filters = new ArrayList<>(List.of(LogFilter.ALL));
    for (int i = 0; i < 3; i++) {
      Instant start = LAST.minus(Duration.ofSeconds(random.nextInt(DAYS * 86_400)));
      Instant end = start.plusSeconds(random.nextInt(DAYS * 86_400));
      OptionalLong tenant = random.nextBoolean() ? OptionalLong.of(1) : OptionalLong.empty();
      filters.add(
          LogFilter.ALL.ofTenant(
              tenant,
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(start),
              random.nextInt(4) == 0 ? Optional.empty() : Optional.of(end)));
    }
    Instant midnight = Instant.parse(LAST.toString().substring(0, 10) + "T00:00:00Z");
    filters.add(
        LogFilter.ALL.ofTenant(
            OptionalLong.empty(),
            Optional.of(midnight.minus(Duration.ofDays(3))),
            Optional.of(midnight.minus(Duration.ofDays(1)))));
    Instant month = midnight.atOffset(ZoneOffset.UTC).withDayOfMonth(1).toInstant();
    filters.add(
        LogFilter.ALL.ofTenant(
            OptionalLong.empty(),
            Optional.of(month.minus(Duration.ofDays(50))),
            Optional.of(random.nextBoolean() ? month : month.plusMillis(1))));
    for (LogFilter filter : filters) {
      for (int i = 0; i < 2; i++) {
        LogGrouping grouping = GROUPINGS.get(random.nextInt(GROUPINGS.size()));
        int limit = random.nextInt(5) == 0 ? 3 : 1_000;
        assertThat(summed.statistics(filter, grouping, limit))
            .as("%s by %s", filter, grouping)
            .isEqualTo(plain.statistics(filter, grouping, limit));
      }
    }
  }

  /** The same request, said to have arrived then. */
  private static LoggedRequest at(LoggedRequest request, Instant at) {
    return new LoggedRequest(
        request.id(),
        at,
        request.route(),
        request.payer(),
        request.platform(),
        request.model(),
        request.upstreamModel(),
        request.stream(),
        request.status(),
        request.errorCode(),
        request.attempts(),
        request.usage(),
        request.charge(),
        request.clientRequestId(),
        request.traceId(),
        request.latencyMs(),
        request.firstTokenMs());
  }

  private SpoolEntry entry(Instant at) {
    return random.nextInt(5) == 0
        ? new SpoolEntry(refused(at, 401, "INVALID_API_KEY"), 1 + random.nextInt(50))
        : new SpoolEntry(
            served(
                at,
                1 + random.nextInt(3),
                "model-" + random.nextInt(4),
                random.nextInt(30_000),
                random.nextInt(1_000)),
            1);
  }

  private void both(List<SpoolEntry> entries) throws StoreException {
    SpoolReader.Batch batch =
        new SpoolReader.Batch(
            entries, Map.of("a.spool", random.nextInt(1_000_000)), List.of(), false);
    summed.append(batch);
    plain.append(batch);
  }
}
