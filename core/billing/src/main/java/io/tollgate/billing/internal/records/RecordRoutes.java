package io.tollgate.billing.internal.records;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingRecords;
import io.tollgate.billing.BillingRecords.RecordFilter;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.billing.internal.callers.GivenTimes;
import io.tollgate.billing.internal.callers.NamedUsers;
import io.tollgate.billing.internal.callers.NamedUsers.Named;
import io.tollgate.billing.internal.grants.RelayStandings;
import io.tollgate.ground.GivenText;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code GET /api/v1/billing/…}: what users have, and what was charged to them. */
public final class RecordRoutes implements Routes {
  private static final String PREFIX = "/api/v1/billing";
  private static final int PAGE_MAX = 100;

  private final BillingRecords records;
  private final RelayStandings standings;
  private final NamedUsers users;
  private final BillingForm form;

  public RecordRoutes(
      BillingRecords records, RelayStandings standings, NamedUsers users, BillingForm form) {
    this.records = requireNonNull(records, "records is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.users = requireNonNull(users, "users is null");
    this.form = requireNonNull(form, "form is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, form.errors());
    table.openToBrowsers(PREFIX);
    get(table, "/account", this::account);
    get(table, "/records", this::list);
    get(table, "/stats/today", this::today);
    get(table, "/stats/month", this::month);
    get(table, "/stats/summary", this::summary);
    get(table, "/stats/{user_id}", this::relay);
    get(table, "/check/{user_id}", this::check);
    get(table, "/quota/{user_id}", this::quota);
  }

  private void get(RouteTable table, String path, BlockingRoute route) {
    table.blocking(HttpMethod.GET, PREFIX + path, form.errors(), route);
  }

  private Response account(Request request) {
    Named user = users.ofQuery(request);
    return form.answer(RecordAnswers.Account.of(user.externalId(), records.account(user.user())));
  }

  private Response list(Request request) {
    Named user = users.ofQuery(request);
    RecordFilter filter =
        new RecordFilter(
            service(request),
            type(request),
            GivenTimes.find(request, "start"),
            GivenTimes.find(request, "end"));
    Page page =
        Page.from(
            request, request.query("pageSize").isPresent() ? "pageSize" : "page_size", PAGE_MAX);
    return form.answer(
        RecordAnswers.Records.of(records.records(user.user(), filter, page.number(), page.size())));
  }

  private Response today(Request request) {
    Named user = users.ofQuery(request);
    return form.answer(
        RecordAnswers.Statistic.of(
            user.externalId(), records.today(user.user(), service(request)), "today"));
  }

  private Response month(Request request) {
    Named user = users.ofQuery(request);
    return form.answer(
        RecordAnswers.Statistic.of(
            user.externalId(), records.month(user.user(), service(request)), "month"));
  }

  private Response summary(Request request) {
    Named user = users.ofQuery(request);
    return form.answer(RecordAnswers.Summary.of(user.externalId(), records.summary(user.user())));
  }

  private Response relay(Request request) {
    Named user = users.ofPath(request);
    return form.answer(
        RecordAnswers.Relay.of(
            user.externalId(),
            records.relay(
                user.user(), GivenTimes.find(request, "start"), GivenTimes.find(request, "end"))));
  }

  private Response check(Request request) {
    Named user = users.ofPath(request);
    return form.answer(RecordAnswers.Check.of(user.externalId(), standings.of(user.user())));
  }

  private Response quota(Request request) {
    Named user = users.ofPath(request);
    return form.answer(RecordAnswers.Quota.of(user.externalId(), standings.of(user.user())));
  }

  private static Optional<String> service(Request request) {
    return NamedUsers.query(request, "service_name", "serviceName");
  }

  private static OptionalInt type(Request request) {
    Optional<String> given = request.query("type").filter(text -> !text.isEmpty());
    return given
        .map(
            text ->
                switch (text) {
                  case "1" -> OptionalInt.of(1);
                  case "2" -> OptionalInt.of(2);
                  default ->
                      throw GivenText.refused("type", text, "1 for free quota, 2 for balance");
                })
        .orElse(OptionalInt.empty());
  }
}
