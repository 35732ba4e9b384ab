package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.Credited;
import io.tollgate.rewards.PointCards.Given;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.Owner;
import io.tollgate.rewards.PointLogs.PointFlow;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.Points;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Point cards: {@code /api/tenants/{id}/recharge}, {@code /api/users/{id}/recharge}, and {@code
 * /api/pointcard-logs}.
 */
final class PointCardRoutes implements Routes {
  private static final String LOGS = "/api/pointcard-logs";
  private static final int KEY_MAX = 128;
  private static final int REMARK_MAX = 200;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PointCards cards;
  private final PointLogs logs;
  private final AdminGate gate;
  private final AdminList<PointLogFilter, PointLogShown> list;

  PointCardRoutes(
      Transactions transactions,
      IdentityModule identity,
      PointCards cards,
      PointLogs logs,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list = AdminList.endless(LOGS, this::filter, this::page, PointLogShown.class, row -> row);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission money = AdminPermission.MONEY;
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, LOGS + "/stats", errors, gate.guard(this::flow));
    table.blocking(HttpMethod.GET, "/api/tenants/{id}/points", errors, gate.guard(this::ofTenant));
    table.blocking(
        HttpMethod.POST,
        "/api/tenants/{id}/recharge",
        errors,
        gate.guard(money, this::rechargeTenant));
    table.blocking(
        HttpMethod.POST, "/api/users/{id}/recharge", errors, gate.guard(money, this::rechargeUser));
  }

  private PointLogFilter filter(Filters filters) {
    return new PointLogFilter(
        filters.tenant(),
        filters.choice("owner", List.of(Owner.values()), PointCardRoutes::code),
        filters.id("user_id", UserId::new),
        filters.choice("change_type", List.of(ChangeType.values()), ChangeType::code),
        filters.time("start"),
        filters.time("end"));
  }

  private static String code(Owner owner) {
    return switch (owner) {
      case USERS -> "users";
      case TENANTS -> "tenants";
    };
  }

  private ListPage<PointLogShown> page(
      Transaction transaction, PointLogFilter filter, ListRequest request) {
    ListPage<PointLogs.PointLogRow> found = logs.page(transaction, filter, request);
    MemberNames names =
        MemberNames.read(
            transaction,
            identity,
            found.rows().stream().map(PointLogs.PointLogRow::tenant).toList(),
            found.rows().stream().flatMap(row -> row.user().stream()).toList());
    return found.with(found.rows().stream().map(row -> PointLogShown.of(row, names)).toList());
  }

  private Response flow(Request request) {
    PointLogFilter filter = filter(new Filters(request));
    PointFlow flow = transactions.read(transaction -> logs.flow(transaction, filter));
    return AnswerEnvelope.of(new FlowShown(flow.in(), flow.out(), flow.in().subtract(flow.out())));
  }

  private Response ofTenant(Request request) {
    TenantId tenant = tenant(request);
    return transactions.read(
        transaction -> {
          if (identity.tenants().find(transaction, tenant).isEmpty()) {
            throw unknownTenant(request);
          }
          return AnswerEnvelope.of(
              new TenantPoints(
                  CardShown.of(cards.ofTenant(transaction, tenant)),
                  CardShown.of(cards.ofAllUsers(transaction, tenant))));
        });
  }

  private Response rechargeTenant(Request request) {
    Wanted wanted = Wanted.of(request);
    TenantRecharge order =
        new TenantRecharge(
            tenant(request), wanted.type(), wanted.amount(), wanted.remark(), key(request));
    return AnswerEnvelope.of(
        CreditShown.of(
            transactions.write(transaction -> cards.rechargeTenant(transaction, order))));
  }

  private Response rechargeUser(Request request) {
    Wanted wanted = Wanted.of(request);
    UserId id = PathId.of(request, "id", UserId::new).orElseThrow(() -> unknownUser(request));
    Optional<String> key = key(request);
    return AnswerEnvelope.of(
        GivenShown.of(
            transactions.write(
                transaction -> {
                  User user =
                      identity
                          .users()
                          .find(transaction, id)
                          .orElseThrow(() -> unknownUser(request));
                  return cards.give(
                      transaction,
                      new UserRecharge(
                          user.tenant(), id, wanted.type(), wanted.amount(), wanted.remark(), key));
                })));
  }

  private static TenantId tenant(Request request) {
    return PathId.of(request, "id", TenantId::new).orElseThrow(() -> unknownTenant(request));
  }

  private static Refusal unknownTenant(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(request.pathParam("id")));
  }

  private static Refusal unknownUser(Request request) {
    return new Refusal(
        ErrorCode.USER_NOT_FOUND, "there is no user " + GivenText.shown(request.pathParam("id")));
  }

  /** The key under which points are moved once; without one each call is one of its own. */
  static Optional<String> key(Request request) {
    Optional<String> key = request.header("Idempotency-Key");
    if (key.isPresent() && (key.get().isBlank() || key.get().length() > KEY_MAX)) {
      throw GivenText.refused("Idempotency-Key", key.get(), "1 to " + KEY_MAX + " characters");
    }
    return key;
  }

  /** What is to be given. */
  record Wanted(CardType type, Amount amount, String remark) {
    static Wanted of(Request request) {
      return of(JsonFields.of(request.json()));
    }

    static Wanted of(JsonFields body) {
      String type = body.requireText("card_type", "self or gift");
      Amount amount = Points.of(body.requireDecimal("amount", "a number above 0"));
      String remark = body.text("reason", "up to " + REMARK_MAX + " characters").orElse("");
      if (remark.length() > REMARK_MAX || remark.indexOf(0) >= 0) {
        throw GivenText.refused("reason", remark, "up to " + REMARK_MAX + " characters");
      }
      if (!amount.isPositive()) {
        throw GivenText.refused("amount", amount.toPlainString(), "a number above 0");
      }
      return new Wanted(CardType.of("card_type", type), amount, remark);
    }
  }

  /** A card as it is shown. */
  record CardShown(BigDecimal self, BigDecimal gift, BigDecimal total, BigDecimal owed) {
    static CardShown of(PointCard card) {
      return new CardShown(
          card.self().toDecimal(),
          card.gift().toDecimal(),
          card.total().toDecimal(),
          card.owed().toDecimal());
    }
  }

  private record FlowShown(BigDecimal in, BigDecimal out, BigDecimal net) {}

  private record TenantPoints(CardShown own, CardShown users) {}

  private record CreditShown(
      UUID transferId, BigDecimal amount, CardShown before, CardShown after, boolean repeated) {
    static CreditShown of(Credited credited) {
      return new CreditShown(
          credited.transfer(),
          credited.amount().toDecimal(),
          CardShown.of(credited.before()),
          CardShown.of(credited.after()),
          credited.repeated());
    }
  }

  /** What a user was given, and both cards before and after. */
  record GivenShown(
      UUID transferId,
      BigDecimal amount,
      CardShown tenantBefore,
      CardShown tenantAfter,
      CardShown userBefore,
      CardShown userAfter,
      boolean repeated) {
    static GivenShown of(Given given) {
      return new GivenShown(
          given.transfer(),
          given.amount().toDecimal(),
          CardShown.of(given.tenantBefore()),
          CardShown.of(given.tenantAfter()),
          CardShown.of(given.userBefore()),
          CardShown.of(given.userAfter()),
          given.repeated());
    }
  }
}
