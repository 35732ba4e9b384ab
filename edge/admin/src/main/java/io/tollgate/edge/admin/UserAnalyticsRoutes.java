package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PeopleFigures;
import io.tollgate.identity.Tenant;
import io.tollgate.rewards.MemberFigures;
import io.tollgate.rewards.MemberFigures.Rank;
import io.tollgate.rewards.MemberFigures.Ranked;
import io.tollgate.rewards.MemberFigures.Spread;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.Bindings;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/user-analytics}: how many users there are, what they have, and who has most. What was
 * read is shown to everybody for a minute.
 */
final class UserAnalyticsRoutes implements Routes {
  private static final String PATH = "/api/user-analytics";
  private static final Duration KEPT = Duration.ofSeconds(60);
  private static final int KEPT_MAX = 1_000;
  private static final int DAYS_MIN = 7;
  private static final int DAYS_MAX = 90;
  private static final int DAYS = 30;
  private static final int LIMIT_MIN = 5;
  private static final int LIMIT_MAX = 100;
  private static final int LIMIT = 20;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PeopleFigures people;
  private final MemberFigures figures;
  private final Bindings bindings;
  private final AdminGate gate;
  private final InstantSource clock;
  private final Cache<Asked, Object> kept;

  /** By what users are ranked. */
  private enum RankBy {
    POINT_CARD,
    REWARD,
    /** Nobody trades yet. */
    TRADE_COUNT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Asked(String what, Optional<TenantId> tenant, int number, String by) {}

  /**
   * @param ticker by which a minute is measured
   */
  UserAnalyticsRoutes(
      Transactions transactions,
      IdentityModule identity,
      MemberFigures figures,
      Bindings bindings,
      AdminGate gate,
      InstantSource clock,
      Ticker ticker) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.people = identity.peopleFigures();
    this.figures = requireNonNull(figures, "figures is null");
    this.bindings = requireNonNull(bindings, "bindings is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.kept =
        Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(KEPT_MAX).ticker(ticker).build();
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH + "/overview", errors, gate.guard(this::overview));
    table.blocking(HttpMethod.GET, PATH + "/ranking", errors, gate.guard(this::ranking));
    table.blocking(HttpMethod.GET, PATH + "/growth", errors, gate.guard(this::growth));
  }

  private Response overview(Request request) {
    Filters given = new Filters(request);
    Asked asked = new Asked("overview", given.tenant(), days(given), "");
    return AnswerEnvelope.of(
        kept.get(
            asked,
            of ->
                transactions.read(transaction -> overview(transaction, of.tenant(), of.number()))));
  }

  private Overview overview(Transaction transaction, Optional<TenantId> tenant, int days) {
    ZoneId zone = zone(transaction, tenant);
    LocalDate until = LocalDate.ofInstant(clock.instant(), zone).plusDays(1);
    PeopleFigures.Counts counts = people.counts(transaction, tenant);
    Spread spread = figures.spread(transaction, tenant);
    long fresh =
        people
            .newUsers(
                transaction, tenant, start(until.minusDays(days), zone), start(until, zone), zone)
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .sum();
    return new Overview(
        counts.users(),
        counts.activeUsers(),
        fresh,
        bindings.usersFollowing(transaction, tenant),
        spread.funded(),
        spread.marketNodes(),
        List.of(
            new UserTier("无余额", Math.max(0, counts.users() - spread.funded())),
            new UserTier("0-100", spread.toHundred()),
            new UserTier("100-1000", spread.toThousand()),
            new UserTier("1000-10000", spread.toTenThousand()),
            new UserTier("10000+", spread.more())),
        days);
  }

  private Response ranking(Request request) {
    Filters given = new Filters(request);
    RankBy by =
        given.choice("rank_by", List.of(RankBy.values()), RankBy::code).orElse(RankBy.POINT_CARD);
    OptionalLong limit = given.number("limit", LIMIT_MAX);
    if (limit.isPresent() && limit.getAsLong() < LIMIT_MIN) {
      throw Filters.refusal(
          "limit",
          Long.toString(limit.getAsLong()),
          "a whole number from " + LIMIT_MIN + " to " + LIMIT_MAX);
    }
    Asked asked = new Asked("ranking", given.tenant(), (int) limit.orElse(LIMIT), by.code());
    return AnswerEnvelope.of(
        kept.get(
            asked,
            of ->
                transactions.read(
                    transaction -> ranking(transaction, of.tenant(), by, of.number()))));
  }

  private List<RankRow> ranking(
      Transaction transaction, Optional<TenantId> tenant, RankBy by, int limit) {
    List<Ranked> ranked =
        switch (by) {
          case POINT_CARD -> figures.ranking(transaction, tenant, Rank.POINT_CARD, limit);
          case REWARD -> figures.ranking(transaction, tenant, Rank.REWARD, limit);
          case TRADE_COUNT -> List.of();
        };
    MemberNames names =
        MemberNames.read(
            transaction, identity, List.of(), ranked.stream().map(Ranked::user).toList());
    List<RankRow> rows = new ArrayList<>();
    for (Ranked each : ranked) {
      rows.add(
          new RankRow(
              rows.size() + 1,
              each.tenant().value(),
              each.user().value(),
              names.email(each.user()),
              by == RankBy.TRADE_COUNT ? null : Points.CURRENCY,
              each.value().toDecimal(),
              by.code()));
    }
    return rows;
  }

  private Response growth(Request request) {
    Filters given = new Filters(request);
    Asked asked = new Asked("growth", given.tenant(), days(given), "");
    return AnswerEnvelope.of(
        kept.get(
            asked,
            of -> transactions.read(transaction -> growth(transaction, of.tenant(), of.number()))));
  }

  private Growth growth(Transaction transaction, Optional<TenantId> tenant, int days) {
    ZoneId zone = zone(transaction, tenant);
    LocalDate until = LocalDate.ofInstant(clock.instant(), zone).plusDays(1);
    LocalDate from = until.minusDays(days);
    Map<LocalDate, Long> fresh =
        people.newUsers(transaction, tenant, start(from, zone), start(until, zone), zone);
    long all =
        people.counts(transaction, tenant).users()
            - fresh.values().stream().mapToLong(Long::longValue).sum();
    List<LocalDate> dates = new ArrayList<>();
    List<Long> daily = new ArrayList<>();
    List<Long> cumulative = new ArrayList<>();
    for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
      long made = fresh.getOrDefault(day, 0L);
      all += made;
      dates.add(day);
      daily.add(made);
      cumulative.add(all);
    }
    return new Growth(dates, daily, cumulative);
  }

  private ZoneId zone(Transaction transaction, Optional<TenantId> tenant) {
    return tenant
        .map(
            id ->
                identity
                    .tenants()
                    .find(transaction, id)
                    .map(Tenant::zone)
                    .orElseThrow(
                        () -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + id)))
        .orElse(ZoneOffset.UTC);
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static int days(Filters filters) {
    OptionalLong given = filters.number("days", DAYS_MAX);
    if (given.isPresent() && given.getAsLong() < DAYS_MIN) {
      throw Filters.refusal(
          "days",
          Long.toString(given.getAsLong()),
          "a whole number from " + DAYS_MIN + " to " + DAYS_MAX);
    }
    return (int) given.orElse(DAYS);
  }

  /** Users by what is on their point cards; the lower bound is included. */
  private record UserTier(String label, long count) {}

  /**
   * How many users there are.
   *
   * @param tradingUsers with a binding that runs
   * @param fundedUsers with something on the point card
   */
  private record Overview(
      long totalUsers,
      long activeUsers,
      long newUsersPeriod,
      long tradingUsers,
      long fundedUsers,
      long marketNodes,
      List<UserTier> userTiers,
      int periodDays) {}

  /**
   * @param currency null: the value is a number of trades
   */
  private record RankRow(
      int rank,
      long tenantId,
      long userId,
      @Nullable String email,
      @Nullable String currency,
      BigDecimal value,
      String label) {}

  private record Growth(List<LocalDate> dates, List<Long> dailyNew, List<Long> cumulative) {}
}
