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
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.Principal;
import io.tollgate.identity.User;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.Users;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.Members.TeamMember;
import io.tollgate.rewards.PointCard;
import io.tollgate.rewards.PointCards;
import io.tollgate.rewards.PointCards.Moved;
import io.tollgate.rewards.PointCards.PointTransfer;
import io.tollgate.rewards.PointLogs;
import io.tollgate.rewards.PointLogs.ChangeType;
import io.tollgate.rewards.PointLogs.PointLogFilter;
import io.tollgate.rewards.PointLogs.PointLogRow;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.RewardTerms.LevelTerms;
import io.tollgate.rewards.RewardTermsBook;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/me/member}, {@code /team} and {@code /points}: the user's level and team, and the
 * point card, from which points can be given to others.
 */
final class MyMemberRoutes implements Routes {
  private static final String ME = "/api/v1/me";
  private static final int ROWS_MAX = 100;
  private static final int KEY_MAX = 128;

  private final Transactions transactions;
  private final Users users;
  private final UserProfiles profiles;
  private final Members members;
  private final PointCards cards;
  private final PointLogs logs;
  private final RewardTermsBook terms;
  private final PortalGate gate;

  MyMemberRoutes(
      Transactions transactions,
      Users users,
      UserProfiles profiles,
      Members members,
      PointCards cards,
      PointLogs logs,
      RewardTermsBook terms,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.users = requireNonNull(users, "users is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.members = requireNonNull(members, "members is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.logs = requireNonNull(logs, "logs is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, ME + "/member", errors, this::member);
    table.blocking(HttpMethod.GET, ME + "/team", errors, this::team);
    table.blocking(HttpMethod.GET, ME + "/points", errors, this::points);
    table.blocking(HttpMethod.POST, ME + "/points/transfer", errors, this::transfer);
  }

  private Response member(Request request) {
    Principal.OfUser me = gate.require(request).user();
    return transactions.read(
        transaction ->
            PortalAnswer.of(
                new MemberShown(
                    inviteCode(transaction, me),
                    StandingShown.of(
                        members.standing(transaction, me.tenant(), me.user()),
                        terms.of(transaction, me.tenant())),
                    CardShown.of(cards.ofUser(transaction, me.tenant(), me.user())))));
  }

  private String inviteCode(Transaction transaction, Principal.OfUser me) {
    return profiles.find(transaction, me.user()).orElseThrow().user().inviteCode();
  }

  private Response team(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked =
        new ListRequest(page.number(), page.size(), new Filters(request).text("cursor"), true);
    ListPage<TeamMember> found =
        transactions.read(transaction -> members.team(transaction, me.tenant(), me.user(), asked));
    return PortalAnswer.list(
        found.rows().stream().map(MemberRow::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response points(Request request) {
    Principal.OfUser me = gate.require(request).user();
    Filters given = new Filters(request);
    PointLogFilter filter =
        new PointLogFilter(
            Optional.of(me.tenant()),
            Optional.of(PointLogs.Owner.USERS),
            Optional.of(me.user()),
            given.choice("change_type", List.of(ChangeType.values()), ChangeType::code),
            given.time("start"),
            given.time("end"));
    Page page = Page.from(request, ROWS_MAX);
    ListRequest asked =
        new ListRequest(page.number(), page.size(), given.text("cursor"), given.flag("count"));
    ListPage<PointLogRow> found =
        transactions.read(transaction -> logs.page(transaction, filter, asked));
    return PortalAnswer.list(
        found.rows().stream().map(PointRow::of).toList(),
        page.number(),
        page.size(),
        found.next(),
        found.total());
  }

  private Response transfer(Request request) {
    Principal.OfUser me = gate.require(request).user();
    JsonFields body = JsonFields.of(request.json());
    String to = body.requireText("to_email", "an address").strip();
    if (EmailAddress.find(to).isEmpty()) {
      throw GivenText.refused("to_email", to, "an address such as friend@example.com");
    }
    CardType type = CardType.of("card_type", body.requireText("card_type", "self or gift"));
    Amount amount = Points.of(body.requireDecimal("amount", "a number above 0"));
    String remark = body.text("remark", "up to 200 characters").orElse("");
    if (remark.length() > 200 || remark.indexOf(0) >= 0) {
      throw GivenText.refused("remark", remark, "up to 200 characters");
    }
    String key = requireKey(request);
    Moved moved =
        transactions.write(
            transaction -> {
              User other =
                  users
                      .findByEmail(transaction, me.tenant(), to)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  ErrorCode.USER_NOT_FOUND,
                                  "to_email: nobody has the address " + GivenText.shown(to)));
              return cards.transfer(
                  transaction,
                  new PointTransfer(
                      me.tenant(), me.user(), other.id(), type, amount, remark, Optional.of(key)));
            });
    return PortalAnswer.of(
        new MovedShown(
            moved.transfer(),
            type.code(),
            moved.amount().toDecimal(),
            CardShown.of(moved.fromAfter()),
            moved.repeated()));
  }

  /** The key under which something is done once. */
  static String requireKey(Request request) {
    return request
        .header("Idempotency-Key")
        .filter(key -> !key.isBlank() && key.length() <= KEY_MAX)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "Idempotency-Key is missing or too long (expected: a header of 1 to "
                        + KEY_MAX
                        + " characters, the same when the request is sent again)"));
  }

  private record MemberShown(String inviteCode, StandingShown standing, CardShown points) {}

  private record CardShown(BigDecimal self, BigDecimal gift, BigDecimal total, BigDecimal owed) {
    static CardShown of(PointCard card) {
      return new CardShown(
          card.self().toDecimal(),
          card.gift().toDecimal(),
          card.total().toDecimal(),
          card.owed().toDecimal());
    }
  }

  /**
   * How the user stands.
   *
   * @param nextLevel null: there is none above
   * @param missingHolding what the own holding lacks for any level
   * @param missingPerformance what the team lacks for the next level
   */
  private record StandingShown(
      int level,
      String levelName,
      boolean isMarketNode,
      BigDecimal rate,
      BigDecimal selfHold,
      long teamDirectCount,
      long teamTotalCount,
      BigDecimal teamPerformance,
      @Nullable String nextLevel,
      @Nullable BigDecimal missingHolding,
      @Nullable BigDecimal missingPerformance) {
    static StandingShown of(Standing standing, RewardTerms terms) {
      boolean isHighest = standing.level() >= Members.HIGHEST_LEVEL;
      @Nullable LevelTerms next = isHighest ? null : terms.levels().get(standing.level());
      return new StandingShown(
          standing.level(),
          standing.levelName(),
          standing.marketNode(),
          terms.rate(standing.level()),
          standing.selfHold().toDecimal(),
          standing.directCount(),
          standing.totalCount(),
          standing.teamPerformance().toDecimal(),
          next == null ? null : "S" + (standing.level() + 1),
          next == null ? null : lacking(RewardTerms.LEAST_HOLDING, standing.selfHold()),
          next == null ? null : lacking(next.minPerformance(), standing.teamPerformance()));
    }

    private static BigDecimal lacking(Amount wanted, Amount had) {
      return wanted.toDecimal().subtract(had.toDecimal()).max(BigDecimal.ZERO);
    }
  }

  /** Whom the user has invited; no more of them than the user may know. */
  private record MemberRow(
      @Nullable String email,
      int level,
      String levelName,
      boolean isMarketNode,
      String currency,
      BigDecimal teamPerformance,
      long subCount,
      Instant createdAt) {
    static MemberRow of(TeamMember member) {
      Standing standing = member.standing();
      return new MemberRow(
          member.email().orElse(null),
          standing.level(),
          standing.levelName(),
          standing.marketNode(),
          Points.CURRENCY,
          standing.teamPerformance().toDecimal(),
          standing.directCount(),
          member.createdAt());
    }
  }

  private record PointRow(
      long id,
      String change,
      String cardType,
      String currency,
      BigDecimal amount,
      BigDecimal beforeSelf,
      BigDecimal afterSelf,
      BigDecimal beforeGift,
      BigDecimal afterGift,
      String remark,
      Instant createdAt) {
    static PointRow of(PointLogRow row) {
      return new PointRow(
          row.id(),
          row.type().code(),
          row.cardType().code(),
          Points.CURRENCY,
          row.amount().toDecimal(),
          row.before().self().toDecimal(),
          row.after().self().toDecimal(),
          row.before().gift().toDecimal(),
          row.after().gift().toDecimal(),
          row.remark(),
          row.createdAt());
    }
  }

  private record MovedShown(
      UUID transferId, String cardType, BigDecimal amount, CardShown points, boolean repeated) {}
}
