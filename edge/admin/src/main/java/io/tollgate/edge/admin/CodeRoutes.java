package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.CodeBatch;
import io.tollgate.billing.CodeBatchOrder;
import io.tollgate.billing.InvitationTerms;
import io.tollgate.billing.Invitations;
import io.tollgate.billing.RedemptionCodes;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/redemption-codes}: batches of codes, whose codes are shown once; and {@code
 * /api/invitation-credit}: what is given for invitations.
 */
final class CodeRoutes implements Routes {
  private static final String PATH = "/api/redemption-codes";
  private static final String INVITATIONS = "/api/invitation-credit";
  private static final String AMOUNT = "a decimal number, 0 or more";

  private final Transactions transactions;
  private final RedemptionCodes codes;
  private final Invitations invitations;
  private final AdminList<Optional<TenantId>, CodeBatch> list;
  private final AdminGate gate;

  CodeRoutes(
      Transactions transactions, RedemptionCodes codes, Invitations invitations, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.codes = requireNonNull(codes, "codes is null");
    this.invitations = requireNonNull(invitations, "invitations is null");
    this.list = AdminList.counted(PATH, Filters::tenant, codes::list, Row.class, Row::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.SELLING, this::create));
    table.blocking(
        HttpMethod.POST,
        PATH + "/{id}/export",
        errors,
        gate.guard(AdminPermission.SELLING, this::export));
    table.blocking(
        HttpMethod.PATCH,
        PATH + "/{id}/toggle",
        errors,
        gate.guard(AdminPermission.SELLING, this::toggle));
    table.blocking(HttpMethod.GET, INVITATIONS, errors, gate.guard(this::terms));
    table.blocking(
        HttpMethod.PUT, INVITATIONS, errors, gate.guard(AdminPermission.SELLING, this::setTerms));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    AdminId admin = gate.require(request).admin();
    CodeBatchOrder order =
        new CodeBatchOrder(
            tenant(body),
            body.requireText("name", "1 to 100 characters"),
            body.requireText("asset", "TOKEN, CALL:<service> or the tenant's currency"),
            body.requireDecimal("amount", AMOUNT),
            (int) MoneyFields.number(body, "codes", 1, 10_000),
            body.time("expires_at", "a time, RFC 3339"),
            days(body));
    return AnswerEnvelope.of(
        Row.of(transactions.write(transaction -> codes.create(transaction, order, admin))));
  }

  private Response export(Request request) {
    long id = MoneyFields.id(request, "batch of codes");
    List<String> shown = transactions.write(transaction -> codes.export(transaction, id));
    return AnswerEnvelope.of(Map.of("id", id, "codes", shown))
        .withHeader("Cache-Control", "no-store");
  }

  private Response toggle(Request request) {
    boolean active = MoneyFields.flag(JsonFields.of(request.json()), "active");
    long id = MoneyFields.id(request, "batch of codes");
    return AnswerEnvelope.of(
        Row.of(transactions.write(transaction -> codes.activate(transaction, id, active))));
  }

  private Response terms(Request request) {
    TenantId tenant =
        new Filters(request)
            .tenant()
            .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
    return AnswerEnvelope.of(
        Terms.of(tenant, transactions.read(transaction -> invitations.terms(transaction, tenant))));
  }

  private Response setTerms(Request request) {
    JsonFields body = JsonFields.of(request.json());
    TenantId tenant = tenant(body);
    String asset = body.requireText("asset", "TOKEN, CALL:<service> or the tenant's currency");
    BigDecimal inviter = body.requireDecimal("inviter", AMOUNT);
    BigDecimal invited = body.requireDecimal("invited", AMOUNT);
    OptionalInt days = days(body);
    int usersMax = (int) MoneyFields.number(body, "users_max", 1, 1_000_000);
    return AnswerEnvelope.of(
        Terms.of(
            tenant,
            Optional.of(
                transactions.write(
                    transaction ->
                        invitations.set(
                            transaction, tenant, asset, inviter, invited, days, usersMax)))));
  }

  private static TenantId tenant(JsonFields body) {
    return new TenantId(MoneyFields.number(body, "tenant_id", 1, Long.MAX_VALUE));
  }

  private static OptionalInt days(JsonFields body) {
    return body.wholeNumber("lasts_days", 1, 3660)
        .map(days -> OptionalInt.of(days.intValue()))
        .orElse(OptionalInt.empty());
  }

  private static @Nullable Integer shown(OptionalInt days) {
    return days.isPresent() ? Integer.valueOf(days.getAsInt()) : null;
  }

  /**
   * A batch as it is listed; amounts in whole units.
   *
   * @param expiresAt null: never
   * @param lastsDays null: without an end
   * @param exportedAt null: its codes have not been made yet
   */
  private record Row(
      long id,
      long tenantId,
      String name,
      String asset,
      BigDecimal amount,
      int codes,
      long used,
      @Nullable Instant expiresAt,
      @Nullable Integer lastsDays,
      boolean active,
      Instant createdAt,
      @Nullable Instant exportedAt) {
    static Row of(CodeBatch batch) {
      return new Row(
          batch.id(),
          batch.tenant().value(),
          batch.name(),
          batch.amount().asset().code(),
          batch.amount().toDecimal(),
          batch.codes(),
          batch.used(),
          batch.expiresAt().orElse(null),
          shown(batch.lastsDays()),
          batch.active(),
          batch.createdAt(),
          batch.exportedAt().orElse(null));
    }
  }

  /**
   * What a tenant gives for invitations.
   *
   * @param asset null: nothing is given
   */
  private record Terms(
      long tenantId,
      @Nullable String asset,
      BigDecimal inviter,
      BigDecimal invited,
      @Nullable Integer lastsDays,
      @Nullable Integer usersMax) {
    static Terms of(TenantId tenant, Optional<InvitationTerms> terms) {
      return terms
          .map(
              set ->
                  new Terms(
                      tenant.value(),
                      set.inviter().asset().code(),
                      set.inviter().toDecimal(),
                      set.invited().toDecimal(),
                      shown(set.lastsDays()),
                      set.usersMax()))
          .orElseGet(
              () -> new Terms(tenant.value(), null, BigDecimal.ZERO, BigDecimal.ZERO, null, null));
    }
  }
}
