package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.Grants;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.callers.BillingForm;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /internal/v1/billing/grants}: a tenant's backend gives a user quota or credit. */
public final class GrantRoutes implements Routes {
  private static final String PREFIX = "/internal/v1/billing";

  private final Transactions transactions;
  private final Grants grants;
  private final Tenants tenants;
  private final ServiceTokens serviceTokens;
  private final Services services;
  private final BillingForm form;
  private final InstantSource clock;

  public GrantRoutes(
      Transactions transactions,
      Grants grants,
      Tenants tenants,
      ServiceTokens serviceTokens,
      Services services,
      BillingForm form,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.grants = requireNonNull(grants, "grants is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.serviceTokens = requireNonNull(serviceTokens, "serviceTokens is null");
    this.services = requireNonNull(services, "services is null");
    this.form = requireNonNull(form, "form is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, form.errors());
    table.blocking(HttpMethod.POST, PREFIX + "/grants", form.errors(), this::give);
  }

  private Response give(Request request) {
    TenantId caller =
        request
            .header("X-Service-Token")
            .flatMap(serviceTokens::find)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.UNAUTHENTICATED,
                        "service token missing or not known (expected: header X-Service-Token)"));
    JsonFields body = JsonFields.ofBothSpellings(request.json());
    GrantReceipt receipt =
        transactions.write(
            transaction ->
                grants.give(transaction, order(transaction, body, tenant(transaction, caller))));
    return form.answer(Answer.of(receipt));
  }

  private GrantOrder order(Transaction transaction, JsonFields body, Tenant tenant) {
    return GrantBody.read(body, tenant, services.all(transaction, tenant, clock.instant()), clock);
  }

  private Tenant tenant(Transaction transaction, TenantId id) {
    return tenants
        .find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "tenant " + id + " is not there"));
  }

  private record Answer(
      boolean success,
      UUID transferId,
      long accountId,
      String asset,
      BigDecimal amount,
      BigDecimal owedPaid,
      BigDecimal balance,
      @Nullable Instant expiresAt) {
    static Answer of(GrantReceipt receipt) {
      return new Answer(
          true,
          receipt.transfer(),
          receipt.account().value(),
          receipt.amount().asset().code(),
          receipt.amount().toDecimal(),
          receipt.owedPaid().toDecimal(),
          receipt.balance().toDecimal(),
          receipt.expiresAt().orElse(null));
    }
  }
}
