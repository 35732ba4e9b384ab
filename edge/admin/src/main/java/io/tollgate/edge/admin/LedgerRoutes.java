package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountFilter;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.Page;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** {@code /api/ledger}: accounts, entries, and the audit of the books. */
final class LedgerRoutes implements Routes {
  private final Transactions transactions;
  private final LedgerQueries ledger;
  private final Audit audit;
  private final AdminGate gate;

  LedgerRoutes(Transactions transactions, LedgerQueries ledger, Audit audit, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.audit = requireNonNull(audit, "audit is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    table.blocking(HttpMethod.GET, "/api/ledger/accounts", errors, gate.guard(this::accounts));
    table.blocking(HttpMethod.GET, "/api/ledger/entries", errors, gate.guard(this::entries));
    table.blocking(HttpMethod.POST, "/api/ledger/audit", errors, gate.guard(this::audit));
  }

  private Response accounts(Request request) {
    Filters filters = new Filters(request);
    AccountFilter filter =
        new AccountFilter(
            filters.tenant(),
            filters.text("owner"),
            filters.text("asset"),
            filters.text("kind").map(LedgerRoutes::kind));
    Listing listing = Listing.counted(request);
    Page<Account> page =
        transactions.read(transaction -> ledger.accounts(transaction, filter, listing.request()));
    return listing.answer(page, AccountRow::of);
  }

  private Response entries(Request request) {
    Filters filters = new Filters(request);
    EntryFilter filter =
        new EntryFilter(
            filters.tenant(),
            filters.id("account_id", AccountId::new),
            filters.text("transfer_id").map(LedgerRoutes::transfer),
            filters.text("reference"),
            filters.time("start"),
            filters.time("end"));
    Listing listing = Listing.endless(request);
    Page<LedgerEntry> page =
        transactions.read(transaction -> ledger.entries(transaction, filter, listing.request()));
    return listing.answer(page, EntryRow::of);
  }

  private Response audit(Request request) {
    AuditScope scope =
        new Filters(request).time("since").map(AuditScope::since).orElse(AuditScope.WHOLE);
    AuditReport report = audit.run(transactions, scope);
    return Envelope.of(AuditAnswer.of(report));
  }

  private static AccountKind kind(String text) {
    return Arrays.stream(AccountKind.values())
        .filter(kind -> kind.code().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Filters.refusal(
                    "kind",
                    text,
                    "one of "
                        + String.join(
                            ", ",
                            Arrays.stream(AccountKind.values()).map(AccountKind::code).toList())));
  }

  private static UUID transfer(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Filters.refusal("transfer_id", text, "a UUID");
    }
  }
}
