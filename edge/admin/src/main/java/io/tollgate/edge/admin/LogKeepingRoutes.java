package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants;
import io.tollgate.insight.ComparedDay;
import io.tollgate.insight.LogComparisons;
import io.tollgate.insight.LogRetentions;
import io.tollgate.insight.LogSum;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.RowColumns;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/request-logs/comparisons}: whether the log of requests says what the books say;
 * {@code /api/tenants/{id}/request-log}: for how long a tenant's requests stay in it.
 */
final class LogKeepingRoutes implements Routes {
  private static final String COMPARISONS = "/api/request-logs/comparisons";
  private static final String RETENTION = "/api/tenants/{id}/request-log";
  private static final int ROWS_MAX = 500;
  private static final int ALL_MAX = 10_000;
  private static final RowColumns COLUMNS = RowColumns.of(Row.class);

  private final Transactions transactions;
  private final Optional<LogComparisons> comparisons;
  private final LogRetentions retentions;
  private final Tenants tenants;
  private final AdminGate gate;
  private final InstantSource clock;

  LogKeepingRoutes(
      Transactions transactions,
      Optional<LogComparisons> comparisons,
      LogRetentions retentions,
      Tenants tenants,
      AdminGate gate,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.comparisons = requireNonNull(comparisons, "comparisons is null");
    this.retentions = requireNonNull(retentions, "retentions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, COMPARISONS, errors, gate.guard(this::list));
    table.blocking(
        HttpMethod.POST, COMPARISONS, errors, gate.guard(AdminPermission.MONEY, this::compare));
    table.blocking(HttpMethod.GET, RETENTION, errors, gate.guard(this::kept));
    table.blocking(
        HttpMethod.PUT, RETENTION, errors, gate.guard(AdminPermission.SETTINGS, this::keep));
  }

  /** A tenant's day as it is shown. */
  private record Row(
      LocalDate day,
      long tenantId,
      String currency,
      boolean agrees,
      long bookedRequests,
      long loggedRequests,
      long bookedQuotaTokens,
      long loggedQuotaTokens,
      BigDecimal bookedCost,
      BigDecimal loggedCost,
      long mended,
      Instant comparedAt) {
    static Row of(ComparedDay day) {
      LogSum booked = day.booked();
      LogSum logged = day.logged();
      return new Row(
          day.day(),
          booked.tenant(),
          booked.currency(),
          day.agrees(),
          booked.requests(),
          logged.requests(),
          booked.quotaTokens(),
          logged.quotaTokens(),
          money(booked),
          money(logged),
          day.mended(),
          day.comparedAt());
    }

    private static BigDecimal money(LogSum sum) {
      return new Amount(Asset.money(sum.currency()), sum.cost().longValueExact()).toDecimal();
    }
  }

  private Response list(Request request) {
    Filters given = new Filters(request);
    Page page = Page.from(request, ROWS_MAX);
    Optional<Comparator<Object>> order = ListForm.order(given, COLUMNS, false);
    boolean csv = ListForm.isCsv(given);
    if (csv || order.isPresent()) {
      List<Object> rows = all(given);
      order.ifPresent(rows::sort);
      return csv
          ? ListForm.file(COMPARISONS, out -> ListForm.write(out, COLUMNS, rows))
          : ListForm.page(rows, ListPart.of(page));
    }
    ListPage<ComparedDay> found = read(given, page.number(), page.size());
    return AnswerEnvelope.list(
        found.rows().stream().map(Row::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private List<Object> all(Filters given) {
    List<Object> rows = new ArrayList<>();
    ListPage<ComparedDay> part;
    int number = 1;
    do {
      part = read(given, number++, ROWS_MAX);
      part.rows().forEach(day -> rows.add(Row.of(day)));
      if (rows.size() > ALL_MAX) {
        throw Filters.refusal(
            "tenant_id", "more than " + ALL_MAX + " rows", "filters that leave no more of them");
      }
    } while (part.rows().size() == ROWS_MAX);
    return rows;
  }

  private ListPage<ComparedDay> read(Filters given, int number, int size) {
    ListRequest asked = new ListRequest(number, size, Optional.empty(), true);
    boolean differing = given.flag("differing");
    LogComparisons log = log().orElseThrow(LogKeepingRoutes::none);
    return transactions.read(
        transaction -> log.list(transaction, given.number("tenant_id"), differing, asked));
  }

  private Response compare(Request request) {
    String expected = "a day that has begun (UTC), such as 2026-11-30";
    String given = JsonFields.of(request.json()).requireText("day", expected);
    LocalDate day;
    try {
      day = LocalDate.parse(given);
    } catch (DateTimeException e) {
      throw GivenText.refused("day", given, expected);
    }
    if (day.isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)) || day.getYear() < 2000) {
      throw GivenText.refused("day", given, expected);
    }
    return AnswerEnvelope.of(
        log().orElseThrow(LogKeepingRoutes::none).compare(day).stream().map(Row::of).toList());
  }

  private Optional<LogComparisons> log() {
    return comparisons;
  }

  private static Refusal none() {
    return new Refusal(
        ErrorCode.UNAVAILABLE,
        "this process has no request log (expected: one with the gateway role, or a shared store)");
  }

  /** For how long a tenant's requests stay; null: as the setting says. */
  private record Kept(long tenantId, @Nullable Integer days) {
    static Kept of(TenantId tenant, OptionalInt days) {
      return new Kept(tenant.value(), days.isPresent() ? (Integer) days.getAsInt() : null);
    }
  }

  private Response kept(Request request) {
    TenantId tenant = tenant(request);
    return AnswerEnvelope.of(
        Kept.of(tenant, transactions.read(transaction -> retentions.of(transaction, tenant))));
  }

  private Response keep(Request request) {
    Optional<Long> given =
        JsonFields.of(request.json())
            .wholeNumber("days", LogRetentions.DAYS_MIN, LogRetentions.DAYS_MAX);
    OptionalInt days =
        given.map(each -> OptionalInt.of(Math.toIntExact(each))).orElse(OptionalInt.empty());
    TenantId tenant = tenant(request);
    boolean _ =
        transactions.write(
            transaction -> {
              retentions.set(transaction, tenant, days);
              return true;
            });
    return AnswerEnvelope.of(Kept.of(tenant, days));
  }

  private TenantId tenant(Request request) {
    String text = request.pathParam("id");
    try {
      TenantId tenant = new TenantId(Numerals.wholeNumber(text));
      if (transactions.read(transaction -> tenants.find(transaction, tenant)).isPresent()) {
        return tenant;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(text));
  }
}
