package io.tollgate.insight.internal.books;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.insight.ComparedDay;
import io.tollgate.insight.LogComparisons;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.metering.UsageQueries;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the sums of the log with those of the books, by tenant and day. */
public final class BookComparison implements LogComparisons {
  private static final Logger LOG = LoggerFactory.getLogger(BookComparison.class);

  private final LogKeeper log;
  private final Transactions transactions;
  private final UsageQueries usage;
  private final LogMending mending;
  private final StoredComparisons stored = new StoredComparisons();
  private final InstantSource clock;
  private final AtomicLong differing = new AtomicLong();
  private final Counter mended;

  public BookComparison(
      LogKeeper log,
      Transactions transactions,
      UsageQueries usage,
      MeterRegistry meters,
      InstantSource clock) {
    this.log = requireNonNull(log, "log is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
    this.mending = new LogMending(log, transactions, usage);
    this.clock = requireNonNull(clock, "clock is null");
    this.mended =
        Counter.builder("tollgate.request.log.mended")
            .description("Requests of the log that were set right by the books.")
            .register(meters);
    Gauge.builder("tollgate.request.log.differing.days", differing, AtomicLong::get)
        .description("Tenants' days of which the log and the books do not say the same.")
        .register(meters);
  }

  /** A part of a day's sums. */
  private record Part(long tenant, String currency) implements Comparable<Part> {
    static Part of(LogSum sum) {
      return new Part(sum.tenant(), sum.currency());
    }

    @Override
    public int compareTo(Part other) {
      int byTenant = Long.compare(tenant, other.tenant);
      return byTenant != 0 ? byTenant : currency.compareTo(other.currency);
    }
  }

  @Override
  public List<ComparedDay> compare(LocalDate day) {
    Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Map<Part, LogSum> booked = booked(start, end);
    Map<Part, LogSum> logged = logged(start, end);
    Map<Long, Long> mendedOf = new HashMap<>();
    for (ComparedDay each : compared(day, booked, logged, mendedOf)) {
      if (!each.agrees() && !mendedOf.containsKey(each.booked().tenant())) {
        mendedOf.put(each.booked().tenant(), mending.mend(each.booked().tenant(), start, end));
      }
    }
    List<ComparedDay> found =
        compared(day, booked, mendedOf.isEmpty() ? logged : logged(start, end), mendedOf);
    mendedOf.values().forEach(mended::increment);
    differing.set(
        transactions.write(
            transaction -> {
              stored.keep(transaction, day, found);
              return stored.countDiffering(transaction);
            }));
    for (ComparedDay each : found) {
      if (!each.agrees()) {
        LOG.atError()
            .addKeyValue("day", day.toString())
            .addKeyValue("tenant_id", each.booked().tenant())
            .log("the log of requests and the books do not say the same of a day");
      }
    }
    return found;
  }

  private List<ComparedDay> compared(
      LocalDate day, Map<Part, LogSum> booked, Map<Part, LogSum> logged, Map<Long, Long> mendedOf) {
    Instant now = clock.instant();
    Map<Part, ComparedDay> compared = new TreeMap<>();
    List<Part> parts = new ArrayList<>(booked.keySet());
    parts.addAll(logged.keySet());
    for (Part part : parts) {
      compared.put(
          part,
          new ComparedDay(
              day,
              booked.getOrDefault(part, nothing(part)),
              logged.getOrDefault(part, nothing(part)),
              mendedOf.getOrDefault(part.tenant(), 0L),
              now));
    }
    return List.copyOf(compared.values());
  }

  private static LogSum nothing(Part part) {
    return new LogSum(part.tenant(), part.currency(), 0, 0, BigDecimal.ZERO);
  }

  private Map<Part, LogSum> booked(Instant start, Instant end) {
    Map<Part, LogSum> sums = new HashMap<>();
    for (UsageQueries.TenantSum sum :
        transactions.read(transaction -> usage.sums(transaction, start, end))) {
      LogSum read =
          new LogSum(
              sum.tenant().value(), sum.currency(), sum.requests(), sum.quotaTokens(), sum.cost());
      sums.put(Part.of(read), read);
    }
    return sums;
  }

  private Map<Part, LogSum> logged(Instant start, Instant end) {
    Map<Part, LogSum> sums = new HashMap<>();
    log.sums(start, end).forEach(sum -> sums.put(Part.of(sum), sum));
    return sums;
  }

  @Override
  public ListPage<ComparedDay> list(
      Transaction transaction, OptionalLong tenant, boolean onlyDiffering, ListRequest request) {
    return stored.list(transaction, tenant, onlyDiffering, request);
  }
}
