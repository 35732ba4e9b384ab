package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.HandPostings;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.LedgerQueries.OwedFilter;
import io.tollgate.ledger.OwedAccount;
import io.tollgate.ledger.UserOfTenant;
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

/** {@code /api/owed}: what users owe; {@code /api/users/{id}/forgive-owed} forgives it. */
final class OwedRoutes implements Routes {
  private static final String PATH = "/api/owed";

  private final Transactions transactions;
  private final IdentityModule identity;
  private final HandPostings postings;
  private final AdminGate gate;
  private final AdminList<OwedFilter, OwedAccount> list;

  OwedRoutes(
      Transactions transactions,
      IdentityModule identity,
      LedgerQueries ledger,
      HandPostings postings,
      AdminGate gate) {
    this.identity = requireNonNull(identity, "identity is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.postings = requireNonNull(postings, "postings is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH,
            filters -> new OwedFilter(filters.tenant(), filters.id("user_id", UserId::new)),
            ledger::owed,
            OwedRow.class,
            OwedRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        "/api/users/{id}/forgive-owed",
        ErrorForms.admin(),
        gate.guard(AdminPermission.MONEY, this::forgive));
  }

  private Response forgive(Request request) {
    AdminId admin = gate.require(request).admin();
    JsonFields body = JsonFields.of(request.json());
    String reason = MoneyFields.reason(body);
    Optional<BigDecimal> amount = body.decimal("amount", "a number above 0");
    HandPostings.By by = new HandPostings.By(admin, reason, MoneyFields.idempotencyKey(request));
    Optional<UserId> id = PathId.of(request, "id", UserId::new);
    return AnswerEnvelope.of(
        ForgivenRow.of(
            transactions.write(
                transaction -> {
                  User user =
                      id.flatMap(each -> identity.users().find(transaction, each))
                          .orElseThrow(() -> unknown(request));
                  Asset currency =
                      identity
                          .tenants()
                          .find(transaction, user.tenant())
                          .map(Tenant::currency)
                          .orElseThrow(() -> unknown(request));
                  return postings.forgive(
                      transaction,
                      new UserOfTenant(user.tenant(), user.id()),
                      currency,
                      amount,
                      by);
                })));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.USER_NOT_FOUND, "there is no user " + GivenText.shown(request.pathParam("id")));
  }

  /**
   * What a user owes.
   *
   * @param changedBy kind of the transfer that changed it last
   */
  private record OwedRow(
      long accountId,
      long tenantId,
      long userId,
      String currency,
      BigDecimal amount,
      UUID transferId,
      String changedBy,
      String reference,
      Instant changedAt) {
    static OwedRow of(OwedAccount owed) {
      return new OwedRow(
          owed.account().value(),
          owed.tenant().value(),
          owed.user().value(),
          owed.amount().asset().code(),
          owed.amount().toDecimal(),
          owed.transfer(),
          owed.kind(),
          owed.reference(),
          owed.changedAt());
    }
  }

  /**
   * What was forgiven.
   *
   * @param transferId null: nothing was owed
   */
  private record ForgivenRow(
      @Nullable UUID transferId,
      long tenantId,
      long userId,
      String currency,
      BigDecimal amount,
      BigDecimal remaining,
      Instant at,
      boolean repeated) {
    static ForgivenRow of(HandPostings.Forgiven done) {
      return new ForgivenRow(
          done.transfer().orElse(null),
          done.tenant().value(),
          done.user().value(),
          done.amount().asset().code(),
          done.amount().toDecimal(),
          done.remaining().toDecimal(),
          done.at(),
          done.repeated());
    }
  }
}
