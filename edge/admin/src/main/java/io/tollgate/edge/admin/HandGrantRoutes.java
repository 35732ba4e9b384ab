package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.HandPostings;
import io.tollgate.billing.HandPostings.GrantFilter;
import io.tollgate.billing.HandPostings.ListedGrant;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/grants}: what users were given for nothing, and giving it by hand. */
final class HandGrantRoutes implements Routes {
  private static final int PRIORITY_MAX = 1_000_000;

  private final Transactions transactions;
  private final IdentityModule identity;
  private final HandPostings postings;
  private final AdminGate gate;
  private final AdminList<GrantFilter, ListedGrant> list;

  HandGrantRoutes(
      Transactions transactions, IdentityModule identity, HandPostings postings, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.postings = requireNonNull(postings, "postings is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless(
            "/api/grants",
            filters -> new GrantFilter(filters.tenant(), filters.id("user_id", UserId::new)),
            postings::grants,
            GrantRow.class,
            GrantRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        "/api/users/{id}/grants",
        ErrorForms.admin(),
        gate.guard(AdminPermission.MONEY, this::give));
  }

  private Response give(Request request) {
    AdminId admin = gate.require(request).admin();
    JsonFields body = JsonFields.of(request.json());
    BigDecimal amount = body.requireDecimal("amount", "a number above 0");
    Optional<String> asset = body.text("asset", "TOKEN, or the tenant's currency");
    Optional<Instant> expiresAt = body.time("expires_at", "a time such as 2026-12-31T23:59:59Z");
    int priority =
        Math.toIntExact(body.wholeNumber("priority", -PRIORITY_MAX, PRIORITY_MAX).orElse(0L));
    HandPostings.By by =
        new HandPostings.By(admin, MoneyFields.reason(body), MoneyFields.idempotencyKey(request));
    Optional<UserId> id = PathId.of(request, "id", UserId::new);
    Given given =
        transactions.write(
            transaction -> {
              UserProfile user =
                  id.flatMap(each -> identity.userProfiles().find(transaction, each))
                      .orElseThrow(() -> unknown(request));
              Amount units = amount(transaction, user, asset, amount);
              GrantOrder order =
                  new GrantOrder(
                      user.user().tenant(),
                      user.user().externalId(),
                      units,
                      expiresAt,
                      priority,
                      by.key());
              return new Given(user, postings.give(transaction, user.user().id(), order, by));
            });
    return AnswerEnvelope.of(ReceiptRow.of(given));
  }

  private Amount amount(
      Transaction transaction, UserProfile user, Optional<String> asset, BigDecimal amount) {
    Tenant tenant =
        identity
            .tenants()
            .find(transaction, user.user().tenant())
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "the tenant is gone"));
    String code = asset.orElse(tenant.currency().code());
    Asset of;
    if (code.equals(tenant.currency().code())) {
      of = tenant.currency();
    } else if (code.equals(Asset.TOKEN.code())) {
      of = Asset.TOKEN;
    } else {
      throw GivenText.refused(
          "asset", code, "TOKEN, or the tenant's currency " + tenant.currency().code());
    }
    Amount units = Amount.of(of, amount);
    if (!units.isPositive()) {
      throw GivenText.refused("amount", amount.toPlainString(), "a number above 0");
    }
    return units;
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.USER_NOT_FOUND, "there is no user " + GivenText.shown(request.pathParam("id")));
  }

  private record Given(UserProfile user, GrantReceipt receipt) {}

  /**
   * What was given.
   *
   * @param owedPaid part of it that paid off what the user owed
   * @param balance of the account right after
   */
  private record ReceiptRow(
      UUID transferId,
      long tenantId,
      long userId,
      long accountId,
      String asset,
      BigDecimal amount,
      BigDecimal owedPaid,
      BigDecimal balance,
      @Nullable Instant expiresAt) {
    static ReceiptRow of(Given given) {
      GrantReceipt receipt = given.receipt();
      return new ReceiptRow(
          receipt.transfer(),
          given.user().user().tenant().value(),
          given.user().user().id().value(),
          receipt.account().value(),
          receipt.amount().asset().code(),
          receipt.amount().toDecimal(),
          receipt.owedPaid().toDecimal(),
          receipt.balance().toDecimal(),
          receipt.expiresAt().orElse(null));
    }
  }

  /**
   * A grant as it is listed.
   *
   * @param remaining what is left on its account; null where several grants share one
   * @param adminId who gave it; null: no administrator
   */
  private record GrantRow(
      UUID transferId,
      long tenantId,
      long userId,
      String source,
      long accountId,
      String asset,
      BigDecimal amount,
      BigDecimal owedPaid,
      BigDecimal revoked,
      @Nullable BigDecimal remaining,
      @Nullable Instant expiresAt,
      int priority,
      @Nullable Long adminId,
      @Nullable String reason,
      Instant givenAt) {
    static GrantRow of(ListedGrant grant) {
      return new GrantRow(
          grant.transfer(),
          grant.tenant().value(),
          grant.user().value(),
          grant.source(),
          grant.account().value(),
          grant.amount().asset().code(),
          grant.amount().toDecimal(),
          grant.owedPaid().toDecimal(),
          grant.revoked().toDecimal(),
          grant.left().map(Amount::toDecimal).orElse(null),
          grant.expiresAt().orElse(null),
          grant.priority(),
          grant.admin().map(AdminId::value).orElse(null),
          grant.reason().orElse(null),
          grant.givenAt());
    }
  }
}
