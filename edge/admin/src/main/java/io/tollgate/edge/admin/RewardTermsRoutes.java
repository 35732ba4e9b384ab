package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardTerms;
import io.tollgate.rewards.RewardTerms.LevelTerms;
import io.tollgate.rewards.RewardTerms.WithdrawalTerms;
import io.tollgate.rewards.RewardTermsBook;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /api/tenants/{id}/reward-terms}: levels, rates, fees, and what may be withdrawn. */
final class RewardTermsRoutes implements Routes {
  private static final String PATH = "/api/tenants/{id}/reward-terms";
  private static final String RATE = "0 to 1 with at most four decimals";
  private static final String POINTS = "a number above 0 with at most 8 decimals";
  private static final String LEVELS = "seven of {min_performance, rate}, S1 to S7";
  private static final long COOL_DOWN_MAX = Duration.ofDays(30).toSeconds();

  private final Transactions transactions;
  private final Tenants tenants;
  private final RewardTermsBook book;
  private final AdminGate gate;

  RewardTermsRoutes(
      Transactions transactions, Tenants tenants, RewardTermsBook book, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.book = requireNonNull(book, "book is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, PATH, errors, gate.guard(this::show));
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.TENANTS, this::change));
  }

  private Response show(Request request) {
    TenantId tenant = tenant(request);
    return AnswerEnvelope.of(
        TermsShown.of(
            transactions.read(
                transaction -> {
                  if (tenants.find(transaction, tenant).isEmpty()) {
                    throw unknown(request);
                  }
                  return book.of(transaction, tenant);
                })));
  }

  /** What is not named stays. */
  private Response change(Request request) {
    JsonFields body = JsonFields.of(request.json());
    // what is wrong with the body is told of whether there is such a tenant or not
    var _ = merged(body, RewardTerms.DEFAULT);
    TenantId tenant = tenant(request);
    return AnswerEnvelope.of(
        TermsShown.of(
            transactions.write(
                transaction -> {
                  if (tenants.find(transaction, tenant).isEmpty()) {
                    throw unknown(request);
                  }
                  return book.set(transaction, tenant, merged(body, book.of(transaction, tenant)));
                })));
  }

  private static RewardTerms merged(JsonFields body, RewardTerms now) {
    WithdrawalTerms had = now.withdrawals();
    return new RewardTerms(
        body.decimal("profit_rate", RATE).orElse(now.profitRate()),
        JsonLists.flag(body, "high_water_mark").orElse(now.highWaterMark()),
        JsonLists.flag(body, "transfer_whole_tenant").orElse(now.transferWholeTenant()),
        body.find("levels").map(RewardTermsRoutes::levels).orElse(now.levels()),
        new WithdrawalTerms(
            body.decimal("withdrawal_minimum", POINTS).map(Points::of).orElse(had.minimum()),
            body.decimal("withdrawal_fee_rate", RATE).orElse(had.feeRate()),
            body.find("withdrawal_networks")
                .map(RewardTermsRoutes::networks)
                .orElse(had.networks()),
            body.wholeNumber("address_cool_down_s", 0, COOL_DOWN_MAX)
                .map(Duration::ofSeconds)
                .orElse(had.addressCoolDown()),
            optional(body, "daily_limit", had.dailyLimit()),
            optional(body, "second_admin_from", had.secondAdminFrom())));
  }

  /** Null switches it off; left out, it stays. */
  private static Optional<Amount> optional(JsonFields body, String name, Optional<Amount> now) {
    if (!body.names(name)) {
      return now;
    }
    return body.decimal(name, POINTS).map(Points::of);
  }

  private static List<LevelTerms> levels(JsonNode given) {
    if (!given.isArray()) {
      throw GivenText.refused("levels", given.toString(), LEVELS);
    }
    List<LevelTerms> levels = new ArrayList<>();
    for (JsonNode each : given) {
      if (!each.isObject()) {
        throw GivenText.refused("levels", each.toString(), LEVELS);
      }
      JsonFields level = JsonFields.of(each);
      levels.add(
          new LevelTerms(
              Points.of(level.requireDecimal("min_performance", POINTS)),
              level.requireDecimal("rate", RATE)));
    }
    return levels;
  }

  private static List<String> networks(JsonNode given) {
    List<String> networks = new ArrayList<>();
    boolean texts = given.isArray();
    for (JsonNode each : given) {
      texts &= each.isString();
      networks.add(each.isString() ? each.stringValue() : "");
    }
    if (!texts) {
      throw GivenText.refused(
          "withdrawal_networks", given.toString(), "names such as TRC20, in an array");
    }
    return networks;
  }

  private static TenantId tenant(Request request) {
    return PathId.of(request, "id", TenantId::new).orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(request.pathParam("id")));
  }

  private record LevelShown(String name, BigDecimal minPerformance, BigDecimal rate) {}

  /**
   * What holds for a tenant.
   *
   * @param dailyLimit null: none
   * @param secondAdminFrom null: one administrator decides
   */
  private record TermsShown(
      BigDecimal profitRate,
      boolean highWaterMark,
      boolean transferWholeTenant,
      String currency,
      List<LevelShown> levels,
      BigDecimal withdrawalMinimum,
      BigDecimal withdrawalFeeRate,
      List<String> withdrawalNetworks,
      long addressCoolDownS,
      @Nullable BigDecimal dailyLimit,
      @Nullable BigDecimal secondAdminFrom) {
    static TermsShown of(RewardTerms terms) {
      WithdrawalTerms withdrawals = terms.withdrawals();
      List<LevelShown> levels = new ArrayList<>();
      for (int at = 0; at < terms.levels().size(); at++) {
        LevelTerms level = terms.levels().get(at);
        levels.add(
            new LevelShown("S" + (at + 1), level.minPerformance().toDecimal(), level.rate()));
      }
      return new TermsShown(
          terms.profitRate(),
          terms.highWaterMark(),
          terms.transferWholeTenant(),
          Points.CURRENCY,
          levels,
          withdrawals.minimum().toDecimal(),
          withdrawals.feeRate(),
          withdrawals.networks(),
          withdrawals.addressCoolDown().toSeconds(),
          withdrawals.dailyLimit().map(Amount::toDecimal).orElse(null),
          withdrawals.secondAdminFrom().map(Amount::toDecimal).orElse(null));
    }
  }
}
