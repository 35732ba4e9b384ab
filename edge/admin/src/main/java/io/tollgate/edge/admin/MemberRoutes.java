package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.User;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.Members.TeamMember;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.Rewards;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users as members: {@code /api/users/{id}/team}, {@code /api/users/{id}/member} with level, points
 * and rewards, and {@code /api/users/{id}/set-market-node}.
 */
final class MemberRoutes implements Routes {
  private static final String ONE = "/api/users/{id}";
  private static final int MAX_ROWS = 500;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final Members members;
  private final PointCards cards;
  private final Rewards rewards;
  private final AdminGate gate;

  MemberRoutes(
      Transactions transactions,
      IdentityModule identity,
      Members members,
      PointCards cards,
      Rewards rewards,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.members = requireNonNull(members, "members is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.rewards = requireNonNull(rewards, "rewards is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, ONE + "/team", errors, gate.guard(this::team));
    table.blocking(HttpMethod.GET, ONE + "/member", errors, gate.guard(this::member));
    table.blocking(
        HttpMethod.POST,
        ONE + "/set-market-node",
        errors,
        gate.guard(AdminPermission.MONEY, this::setMarketNode));
  }

  private Response team(Request request) {
    Page page = Page.from(request, MAX_ROWS);
    ListRequest asked = new ListRequest(page.number(), page.size(), request.query("cursor"), true);
    ListPage<TeamMember> found =
        transactions.read(
            transaction -> {
              User user = find(transaction, request);
              return members.team(transaction, user.tenant(), user.id(), asked);
            });
    return AnswerEnvelope.list(
        found.rows().stream().map(MemberRow::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response member(Request request) {
    return AnswerEnvelope.of(
        transactions.read(transaction -> shown(transaction, find(transaction, request))));
  }

  private Response setMarketNode(Request request) {
    boolean node = MoneyFields.flag(JsonFields.of(request.json()), "is_node");
    return AnswerEnvelope.of(
        transactions.write(
            transaction -> {
              User user = find(transaction, request);
              members.setMarketNode(transaction, user.tenant(), user.id(), node);
              return shown(transaction, user);
            }));
  }

  private MemberShown shown(Transaction transaction, User user) {
    return new MemberShown(
        user.id().value(),
        StandingShown.of(members.standing(transaction, user.tenant(), user.id())),
        PointCardRoutes.CardShown.of(cards.ofUser(transaction, user.tenant(), user.id())),
        WithdrawalRoutes.BalanceShown.of(rewards.balance(transaction, user.tenant(), user.id())));
  }

  private User find(Transaction transaction, Request request) {
    Optional<UserId> id = PathId.of(request, "id", UserId::new);
    return id.flatMap(each -> identity.users().find(transaction, each))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.USER_NOT_FOUND,
                    "there is no user " + GivenText.shown(request.pathParam("id"))));
  }

  /** A user as a member. */
  private record MemberShown(
      long userId,
      StandingShown standing,
      PointCardRoutes.CardShown points,
      WithdrawalRoutes.BalanceShown rewards) {}

  /**
   * How a member stands.
   *
   * @param selfHold own holding
   * @param teamPerformance what the team holds
   */
  private record StandingShown(
      int level,
      String levelName,
      boolean isMarketNode,
      BigDecimal selfHold,
      long teamDirectCount,
      long teamTotalCount,
      BigDecimal teamPerformance) {
    static StandingShown of(Standing standing) {
      return new StandingShown(
          standing.level(),
          standing.levelName(),
          standing.marketNode(),
          standing.selfHold().toDecimal(),
          standing.directCount(),
          standing.totalCount(),
          standing.teamPerformance().toDecimal());
    }
  }

  /**
   * Whom a user has invited.
   *
   * @param externalId as backends name the user
   * @param subCount whom they have invited themselves
   */
  private record MemberRow(
      long userId,
      String externalId,
      @Nullable String email,
      int level,
      String levelName,
      boolean isMarketNode,
      String currency,
      BigDecimal selfHold,
      BigDecimal teamPerformance,
      long subCount,
      long teamTotalCount,
      Instant createdAt) {
    static MemberRow of(TeamMember member) {
      Standing standing = member.standing();
      return new MemberRow(
          member.user().value(),
          member.externalId(),
          member.email().orElse(null),
          standing.level(),
          standing.levelName(),
          standing.marketNode(),
          Points.CURRENCY,
          standing.selfHold().toDecimal(),
          standing.teamPerformance().toDecimal(),
          standing.directCount(),
          standing.totalCount(),
          member.createdAt());
    }
  }
}
