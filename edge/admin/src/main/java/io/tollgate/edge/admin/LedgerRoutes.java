package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditRuns;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** {@code /api/ledger}: accounts, entries, and the audit of the books. */
final class LedgerRoutes implements Routes {
  private final Transactions transactions;
  private final LedgerQueries ledger;
  private final AdminList<AccountFilter, Account> accounts;
  private final AdminList<EntryFilter, LedgerEntry> entries;
  private final Audit audit;
  private final AuditRuns runs;
  private final InstantSource clock;
  private final AdminGate gate;

  LedgerRoutes(
      Transactions transactions,
      LedgerQueries ledger,
      Audit audit,
      AuditRuns runs,
      InstantSource clock,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.accounts =
        AdminList.counted(
            "/api/ledger/accounts",
            LedgerRoutes::accountFilter,
            ledger::accounts,
            AccountRow.class,
            AccountRow::of);
    this.entries =
        AdminList.endless(
            "/api/ledger/entries",
            LedgerRoutes::entryFilter,
            ledger::entries,
            EntryRow.class,
            EntryRow::of);
    this.audit = requireNonNull(audit, "audit is null");
    this.runs = requireNonNull(runs, "runs is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    accounts.declare(table, gate, transactions);
    table.blocking(HttpMethod.GET, "/api/ledger/accounts/{id}", errors, gate.guard(this::account));
    entries.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST,
        "/api/ledger/audit",
        errors,
        gate.guard(AdminPermission.MONEY, this::audit));
  }

  private static AccountFilter accountFilter(Filters filters) {
    return new AccountFilter(
        filters.tenant(),
        filters.text("owner"),
        filters.text("asset"),
        filters.choice("kind", List.of(AccountKind.values()), AccountKind::code));
  }

  private static EntryFilter entryFilter(Filters filters) {
    return new EntryFilter(
        filters.tenant(),
        filters.id("account_id", AccountId::new),
        filters.uuid("transfer_id"),
        filters.text("reference"),
        filters.time("start"),
        filters.time("end"));
  }

  private Response account(Request request) {
    return AnswerEnvelope.of(
        PathId.of(request, "id", AccountId::new)
            .flatMap(id -> transactions.read(transaction -> ledger.account(transaction, id)))
            .map(AccountRow::of)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "there is no account " + GivenText.shown(request.pathParam("id")))));
  }

  private Response audit(Request request) {
    AuditScope scope =
        new Filters(request).time("since").map(AuditScope::since).orElse(AuditScope.WHOLE);
    String by = gate.require(request).username();
    Instant startedAt = clock.instant();
    AuditReport report = audit.run(transactions, scope);
    Instant endedAt = clock.instant();
    var _ =
        transactions.write(transaction -> runs.keep(transaction, report, by, startedAt, endedAt));
    return AnswerEnvelope.of(AuditAnswer.of(report));
  }
}
