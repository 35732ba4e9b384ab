package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Principal;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans.CallsNow;
import io.tollgate.identity.QuotaPlans.DayOfCalls;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.TenantRegister.TenantProfile;
import io.tollgate.identity.User;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.PointLogs.PointLogRow;
import io.tollgate.rewards.Points;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccounts.AccountFilter;
import io.tollgate.trading.engine.Strategies.TenantStrategyFilter;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Page;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/merchant}: what a merchant sees and does without a server of its own, signed in
 * as the user that is the tenant itself. Whoever else asks is told that it is not for them. The
 * secret of the tenant's key is not among it.
 */
final class MyMerchantRoutes implements Routes {
  private static final String PATH = "/api/v1/me/merchant";
  private static final int ROWS_MAX = 100;
  private static final int DAYS = 30;
  private static final int DAYS_MAX = 90;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PointCards cards;
  private final PointLogs logs;
  private final EngineModule engine;
  private final PortalGate gate;

  MyMerchantRoutes(
      Transactions transactions,
      IdentityModule identity,
      PointCards cards,
      PointLogs logs,
      EngineModule engine,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.engine = requireNonNull(engine, "engine is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::show);
    table.blocking(HttpMethod.GET, PATH + "/calls", errors, this::calls);
    table.blocking(HttpMethod.GET, PATH + "/users", errors, this::users);
    table.blocking(HttpMethod.GET, PATH + "/point-card/logs", errors, this::pointLogs);
    table.blocking(HttpMethod.POST, PATH + "/user/recharge", errors, this::recharge);
  }

  private Response show(Request request) {
    Principal.OfUser me = gate.require(request).user();
    return transactions.read(
        transaction -> {
          User root = root(transaction, me);
          TenantProfile profile =
              identity.tenantRegister().find(transaction, me.tenant()).orElseThrow();
          return PortalAnswer.of(
              new MerchantShown(
                  profile.appKey(),
                  profile.md5Signing(),
                  new RootShown(
                      root.id(), root.email().orElse(null), root.inviteCode(), root.createdAt()),
                  CardShown.of(cards.ofTenant(transaction, me.tenant())),
                  identity
                      .quotaPlans()
                      .planOf(transaction, me.tenant())
                      .map(PlanShown::of)
                      .orElse(null),
                  used(transaction, profile)));
        });
  }

  private UsedShown used(Transaction transaction, TenantProfile profile) {
    Tenant tenant = profile.tenant();
    CallsNow calls = identity.quotaPlans().callsNow(transaction, tenant);
    ListRequest counted = new ListRequest(1, 1, Optional.empty(), true);
    return new UsedShown(
        calls.day(),
        calls.today(),
        calls.thisMonth(),
        profile.users(),
        engine
            .strategies()
            .listOfTenant(
                transaction, new TenantStrategyFilter(tenant.id(), Optional.empty()), counted)
            .total()
            .orElseThrow(),
        engine
            .accounts()
            .list(
                transaction,
                new AccountFilter(
                    Optional.of(tenant.id()),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty()),
                counted)
            .total()
            .orElseThrow());
  }

  private Response calls(Request request) {
    Principal.OfUser me = gate.require(request).user();
    int days = (int) new Filters(request).number("days", DAYS_MAX).orElse(DAYS);
    return transactions.read(
        transaction -> {
          User _ = root(transaction, me);
          Tenant tenant = identity.tenants().find(transaction, me.tenant()).orElseThrow();
          LocalDate today = identity.quotaPlans().callsNow(transaction, tenant).day();
          return PortalAnswer.of(
              identity
                  .quotaPlans()
                  .calls(transaction, tenant.id(), today.minusDays(days - 1L), today)
                  .stream()
                  .map(DayShown::of)
                  .toList());
        });
  }

  private Response users(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Filters given = new Filters(request);
    UserFilter filter =
        new UserFilter(
            Optional.of(me.tenant()),
            Optional.empty(),
            Optional.empty(),
            given.text("email"),
            given.text("invite_code"),
            Optional.empty(),
            given
                .choice("status", List.of(1, 2), status -> Integer.toString(status))
                .map(status -> status == 1));
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked = new ListRequest(page.number(), page.size(), given.text("cursor"), true);
    return transactions.read(
        transaction -> {
          User _ = root(transaction, me);
          ListPage<UserProfile> found = identity.userProfiles().list(transaction, filter, asked);
          Map<UserId, PointCard> points =
              cards.ofUsers(
                  transaction,
                  me.tenant(),
                  found.rows().stream().map(profile -> profile.user().id()).toList());
          return PortalAnswer.list(
              found.rows().stream()
                  .map(
                      profile ->
                          UserRow.of(
                              profile, points.getOrDefault(profile.user().id(), PointCard.EMPTY)))
                  .toList(),
              page.number(),
              page.size(),
              found.next(),
              found.total());
        });
  }

  private Response pointLogs(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Filters given = new Filters(request);
    OptionalLong type = given.number("change_type");
    PointLogFilter filter =
        new PointLogFilter(
            Optional.of(me.tenant()),
            Optional.of(Owner.TENANTS),
            Optional.empty(),
            type.isPresent()
                ? Optional.of(ChangeType.of(Owner.TENANTS, type.getAsLong()))
                : Optional.empty(),
            given.time("start"),
            given.time("end"));
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked =
        new ListRequest(page.number(), page.size(), given.text("cursor"), given.flag("count"));
    return transactions.read(
        transaction -> {
          User _ = root(transaction, me);
          ListPage<PointLogRow> found = logs.page(transaction, filter, asked);
          Map<UserId, User> others =
              identity
                  .users()
                  .find(
                      transaction,
                      found.rows().stream().flatMap(row -> row.other().stream()).toList());
          return PortalAnswer.list(
              found.rows().stream().map(row -> LogRow.of(row, others)).toList(),
              page.number(),
              page.size(),
              found.next(),
              found.total());
        });
  }

  private Response recharge(Request request) {
    Principal.OfUser me = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    String email = body.requireText("email", "the address of a user").strip();
    if (EmailAddress.find(email).isEmpty()) {
      throw GivenText.refused("email", email, "an address such as friend@example.com");
    }
    CardType type = CardType.of("type", Math.toIntExact(body.wholeNumber("type", 1, 2).orElse(2L)));
    Amount amount = Points.of(body.requireDecimal("amount", "a number above 0"));
    String remark = body.text("remark", "up to 200 characters").orElse("");
    if (remark.length() > 200 || remark.indexOf(0) >= 0) {
      throw GivenText.refused("remark", remark, "up to 200 characters");
    }
    if (!amount.isPositive()) {
      throw GivenText.refused("amount", amount.toPlainString(), "a number above 0");
    }
    String key = MyMemberRoutes.requireKey(request);
    Given given =
        transactions.write(
            transaction -> {
              User _ = root(transaction, me);
              User user =
                  identity
                      .users()
                      .findByEmail(transaction, me.tenant(), email)
                      .filter(found -> !found.root())
                      .orElseThrow(
                          () ->
                              new Refusal(
                                      ErrorCode.USER_NOT_FOUND,
                                      "email: nobody has the address " + GivenText.shown(email))
                                  .ofField("email"));
              return cards.give(
                  transaction,
                  new UserRecharge(me.tenant(), user.id(), type, amount, remark, Optional.of(key)));
            });
    return PortalAnswer.of(RechargeShown.of(given));
  }

  /** Who asks, where that is the tenant itself. */
  private User root(Transaction transaction, Principal.OfUser me) {
    return identity
        .users()
        .find(transaction, me.user())
        .filter(User::root)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.FORBIDDEN,
                    "the account is a user's (expected: the merchant's own, its root user)"));
  }

  /**
   * A merchant.
   *
   * @param appKey by which its server names itself; no secret
   * @param md5Signing whether its server may sign by MD5
   * @param plan null: none, so nothing is limited
   */
  private record MerchantShown(
      String appKey,
      boolean md5Signing,
      RootShown rootUser,
      CardShown points,
      @Nullable PlanShown plan,
      UsedShown used) {}

  private record RootShown(
      UserId userId, @Nullable String email, String inviteCode, Instant createdAt) {}

  private record CardShown(
      BigDecimal pointCardSelf, BigDecimal pointCardGift, BigDecimal pointCardTotal) {
    static CardShown of(PointCard card) {
      return new CardShown(
          card.self().toDecimal(), card.gift().toDecimal(), card.total().toDecimal());
    }
  }

  /** A plan; what is null has no limit. */
  private record PlanShown(
      String code,
      String name,
      @Nullable Long apiCallsDaily,
      @Nullable Long apiCallsMonthly,
      @Nullable Long maxUsers,
      @Nullable Long maxStrategies,
      @Nullable Long maxExchangeAccounts) {
    static PlanShown of(QuotaPlan plan) {
      QuotaPlan.Limits limits = plan.limits();
      return new PlanShown(
          plan.code(),
          plan.name(),
          shown(limits.apiCallsDaily()),
          shown(limits.apiCallsMonthly()),
          shown(limits.maxUsers()),
          shown(limits.maxStrategies()),
          shown(limits.maxExchangeAccounts()));
    }

    private static @Nullable Long shown(OptionalLong limit) {
      return limit.isPresent() ? Long.valueOf(limit.getAsLong()) : null;
    }
  }

  /**
   * What there is of it.
   *
   * @param day the present one in the tenant's zone
   * @param users its root aside
   */
  private record UsedShown(
      LocalDate day,
      long callsToday,
      long callsThisMonth,
      long users,
      long strategies,
      long exchangeAccounts) {}

  private record DayShown(LocalDate day, long calls) {
    static DayShown of(DayOfCalls day) {
      return new DayShown(day.day(), day.calls());
    }
  }

  /**
   * A user as merchants see them.
   *
   * @param status 1 active, 2 disabled
   */
  private record UserRow(
      UserId userId,
      @Nullable String email,
      String inviteCode,
      @Nullable UserId inviterId,
      boolean isRoot,
      BigDecimal pointCardSelf,
      BigDecimal pointCardGift,
      BigDecimal pointCardTotal,
      int status,
      Instant createdAt) {
    static UserRow of(UserProfile profile, PointCard card) {
      User user = profile.user();
      return new UserRow(
          user.id(),
          user.email().orElse(null),
          user.inviteCode(),
          profile.inviter().orElse(null),
          user.root(),
          card.self().toDecimal(),
          card.gift().toDecimal(),
          card.total().toDecimal(),
          user.active() ? 1 : 2,
          user.createdAt());
    }
  }

  /**
   * A movement of the merchant's own points.
   *
   * @param changeType 1 recharge by operator, 2 gift by operator, 3 given to a user
   * @param sourceType which of the two balances moved: 1 self, 2 gift
   * @param relatedUserId to whom it went
   */
  private record LogRow(
      long id,
      int changeType,
      int sourceType,
      BigDecimal amount,
      BigDecimal beforeSelf,
      BigDecimal afterSelf,
      BigDecimal beforeGift,
      BigDecimal afterGift,
      @Nullable UserId relatedUserId,
      @Nullable String relatedEmail,
      String remark,
      Instant createdAt) {
    static LogRow of(PointLogRow row, Map<UserId, User> others) {
      return new LogRow(
          row.id(),
          row.type().number(row.owner()),
          row.cardType().number(),
          row.amount().toDecimal(),
          row.before().self().toDecimal(),
          row.after().self().toDecimal(),
          row.before().gift().toDecimal(),
          row.after().gift().toDecimal(),
          row.other().orElse(null),
          row.other()
              .flatMap(id -> Optional.ofNullable(others.get(id)))
              .flatMap(User::email)
              .orElse(null),
          row.remark(),
          row.createdAt());
    }
  }

  /** Points given by the merchant ("agent") to a user ("member"). */
  private record RechargeShown(
      BigDecimal amount,
      BigDecimal agentBeforeTotal,
      BigDecimal agentAfterTotal,
      BigDecimal memberBeforeTotal,
      BigDecimal memberAfterTotal,
      CardShown points,
      boolean repeated) {
    static RechargeShown of(Given given) {
      return new RechargeShown(
          given.amount().toDecimal(),
          given.tenantBefore().total().toDecimal(),
          given.tenantAfter().total().toDecimal(),
          given.userBefore().total().toDecimal(),
          given.userAfter().total().toDecimal(),
          CardShown.of(given.tenantAfter()),
          given.repeated());
    }
  }
}
