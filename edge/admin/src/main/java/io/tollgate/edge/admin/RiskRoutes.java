package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants;
import io.tollgate.trading.engine.RiskSettings;
import io.tollgate.trading.engine.RiskSettings.Owner;
import io.tollgate.trading.engine.RiskViolations;
import io.tollgate.trading.engine.risk.RiskRules;
import io.tollgate.trading.engine.risk.RuleSetting;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** {@code /api/risk/…}: rules of risk, what they held back, and what they would say. */
final class RiskRoutes implements Routes {
  private static final String SCOPE = "{\"tenant_id\"} or {\"account_id\"}, one of them";
  private static final int DAYS = 7;
  private static final int DAYS_MOST = 30;

  private final Transactions transactions;
  private final Tenants tenants;
  private final RiskSettings settings;
  private final InstantSource clock;
  private final AdminGate gate;

  RiskRoutes(
      Transactions transactions,
      Tenants tenants,
      RiskSettings settings,
      InstantSource clock,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    AdminPermission may = AdminPermission.TRADING;
    table.blocking(HttpMethod.GET, "/api/risk/rules", errors, gate.guard(this::rules));
    table.blocking(HttpMethod.PUT, "/api/risk/rules", errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.GET, "/api/risk/violations", errors, gate.guard(this::violations));
    table.blocking(
        HttpMethod.POST,
        "/api/risk/test",
        errors,
        gate.guardQuestion(AdminPermission.READ, this::test));
  }

  private Response rules(Request request) {
    Filters filters = new Filters(request);
    Owner owner = owner(filters.tenant(), filters.number("account_id"));
    return shown(
        transactions.read(
            transaction -> {
              requireTenant(transaction, owner);
              return settings.of(transaction, owner);
            }));
  }

  private Response change(Request request) {
    JsonNode body = request.json();
    Map<String, RuleSetting.Change> changes = RiskBody.changes(JsonFields.of(body));
    Owner owner =
        JsonFields.of(body).find("scope").map(RiskRoutes::scope).orElse(new Owner.Platform());
    // what is wrong of the rules is said before what is not there
    RiskRules _ = RiskRules.USUAL.merged(changes);
    return shown(
        transactions.write(
            transaction -> {
              requireTenant(transaction, owner);
              return settings.change(transaction, owner, changes);
            }));
  }

  private static Owner scope(JsonNode given) {
    if (!given.isObject() || given.size() > 1) {
      throw GivenText.refused("scope", given.toString(), SCOPE);
    }
    JsonFields scope = JsonFields.of(given);
    Optional<TenantId> tenant =
        scope.wholeNumber("tenant_id", 1, Long.MAX_VALUE).map(TenantId::new);
    OptionalLong account =
        scope
            .wholeNumber("account_id", 1, Long.MAX_VALUE)
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty());
    if (!given.isEmpty() && tenant.isEmpty() && account.isEmpty()) {
      throw GivenText.refused("scope", given.toString(), SCOPE);
    }
    return owner(tenant, account);
  }

  private static Owner owner(Optional<TenantId> tenant, OptionalLong account) {
    if (account.isPresent()) {
      if (tenant.isPresent()) {
        throw GivenText.refused(
            "account_id", Long.toString(account.getAsLong()), "none beside a tenant_id");
      }
      return new Owner.OfAccount(account.getAsLong());
    }
    return tenant.<Owner>map(Owner.OfTenant::new).orElse(new Owner.Platform());
  }

  private void requireTenant(Transaction transaction, Owner owner) {
    if (owner instanceof Owner.OfTenant(TenantId tenant)
        && tenants.find(transaction, tenant).isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
    }
  }

  private static Response shown(RiskRules rules) {
    return AnswerEnvelope.of(RiskRows.rules(rules));
  }

  private Response violations(Request request) {
    Filters filters = new Filters(request);
    OptionalLong days = filters.number("days", DAYS_MOST);
    Instant now = clock.instant();
    long span = days.orElse(DAYS);
    RiskViolations.Asked asked =
        new RiskViolations.Asked(
            filters.tenant(), filters.number("account_id"), now.minus(Duration.ofDays(span)));
    return AnswerEnvelope.of(
        RiskRows.violations(
            transactions.snapshot(transaction -> RiskViolations.find(transaction, asked)),
            asked.since(),
            now));
  }

  private Response test(Request request) {
    RiskTrial trial = RiskTrial.of(JsonFields.of(request.json()), clock.instant());
    return AnswerEnvelope.of(
        trial.answer(
            transactions.snapshot(
                transaction ->
                    settings.judge(transaction, trial.account(), trial.order(), trial.facts()))));
  }
}
