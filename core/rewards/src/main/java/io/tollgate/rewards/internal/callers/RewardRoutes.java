package io.tollgate.rewards.internal.callers;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.rewards.AccountNature;
import io.tollgate.rewards.Members;
import io.tollgate.rewards.Members.Standing;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.ProfitShare;
import io.tollgate.rewards.ProfitShare.ProfitCharge;
import io.tollgate.rewards.ProfitShare.ProfitClose;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code POST /internal/v1/rewards/…}: a tenant's backend tells of profits and holdings. */
public final class RewardRoutes implements Routes {
  private static final String PREFIX = "/internal/v1/rewards";
  private static final String AMOUNT = "a number with at most 8 decimals";

  private final Transactions transactions;
  private final ServiceTokens serviceTokens;
  private final Users users;
  private final ProfitShare profits;
  private final Members members;

  public RewardRoutes(
      Transactions transactions,
      ServiceTokens serviceTokens,
      Users users,
      ProfitShare profits,
      Members members) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.serviceTokens = requireNonNull(serviceTokens, "serviceTokens is null");
    this.users = requireNonNull(users, "users is null");
    this.profits = requireNonNull(profits, "profits is null");
    this.members = requireNonNull(members, "members is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, ErrorForms.standard());
    table.blocking(HttpMethod.POST, PREFIX + "/profit", ErrorForms.standard(), this::profit);
    table.blocking(HttpMethod.POST, PREFIX + "/holding", ErrorForms.standard(), this::holding);
  }

  private Response profit(Request request) {
    TenantId tenant = caller(request);
    JsonFields body = JsonFields.of(request.json());
    String user = name(body, "user_id");
    String account = name(body, "account_id");
    String close = name(body, "close_id");
    Amount profit = Points.of(body.requireDecimal("profit", AMOUNT));
    return Response.json(
        200,
        ProfitAnswer.of(
            transactions.write(
                transaction ->
                    profits.close(
                        transaction,
                        new ProfitClose(
                            tenant,
                            user(transaction, tenant, user),
                            account,
                            close,
                            profit,
                            AccountNature.REAL)))));
  }

  private Response holding(Request request) {
    TenantId tenant = caller(request);
    JsonFields body = JsonFields.of(request.json());
    String user = name(body, "user_id");
    Amount holding = Points.of(body.requireDecimal("holding", AMOUNT));
    return Response.json(
        200,
        HoldingAnswer.of(
            transactions.write(
                transaction ->
                    members.tellTotal(
                        transaction, tenant, user(transaction, tenant, user), holding))));
  }

  private TenantId caller(Request request) {
    return request
        .header("X-Service-Token")
        .flatMap(serviceTokens::find)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.UNAUTHENTICATED,
                    "service token missing or not known (expected: header X-Service-Token)"));
  }

  private UserId user(Transaction transaction, TenantId tenant, String externalId) {
    return users
        .findByExternalId(transaction, tenant, externalId)
        .map(User::id)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.USER_NOT_FOUND, "there is no user " + GivenText.shown(externalId)));
  }

  /** A name, as a text or a whole number. */
  private static String name(JsonFields body, String field) {
    return body.find(field)
        .filter(JsonNode::isIntegralNumber)
        .map(JsonNode::asString)
        .orElseGet(() -> body.requireText(field, "a text or a whole number"));
  }

  private record ProfitAnswer(
      boolean success,
      BigDecimal charged,
      BigDecimal fromSelf,
      BigDecimal fromGift,
      BigDecimal owed,
      @Nullable Long poolId) {
    static ProfitAnswer of(ProfitCharge charge) {
      return new ProfitAnswer(
          true,
          charge.charged().toDecimal(),
          charge.fromSelf().toDecimal(),
          charge.fromGift().toDecimal(),
          charge.owed().toDecimal(),
          charge.pool().isPresent() ? charge.pool().getAsLong() : null);
    }
  }

  private record HoldingAnswer(boolean success, String level, BigDecimal teamPerformance) {
    static HoldingAnswer of(Standing standing) {
      return new HoldingAnswer(true, standing.levelName(), standing.teamPerformance().toDecimal());
    }
  }
}
