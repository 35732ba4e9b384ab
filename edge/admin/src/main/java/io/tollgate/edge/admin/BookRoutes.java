package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListRequest;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditRuns;
import io.tollgate.ledger.EntryFilter;
import io.tollgate.ledger.LedgerEntry;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.ledger.PostedTransfer;
import io.tollgate.ledger.SealState;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/ledger}: one transfer whole, the audits that were run, and how far it is sealed. */
final class BookRoutes implements Routes {
  private static final int ENTRIES_MAX = 500;

  private final Transactions transactions;
  private final LedgerQueries ledger;
  private final AuditRuns runs;
  private final AdminGate gate;
  private final AdminList<AuditRuns.Filter, AuditRuns.Run> audits;

  BookRoutes(Transactions transactions, LedgerQueries ledger, AuditRuns runs, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.runs = requireNonNull(runs, "runs is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.audits =
        AdminList.counted(
            "/api/ledger/audits",
            filters -> new AuditRuns.Filter(filters.either("clean")),
            runs::list,
            RunRow.class,
            RunRow::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    audits.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.GET,
        "/api/ledger/transfers/{id}",
        ErrorForms.admin(),
        gate.guard(this::transfer));
    table.blocking(
        HttpMethod.GET, "/api/ledger/state", ErrorForms.admin(), gate.guard(this::state));
  }

  private Response transfer(Request request) {
    UUID id = id(request.pathParam("id"));
    return AnswerEnvelope.of(
        transactions.snapshot(
            transaction -> {
              PostedTransfer found =
                  ledger
                      .transfer(transaction, id)
                      .orElseThrow(
                          () -> new Refusal(ErrorCode.NOT_FOUND, "there is no transfer " + id));
              EntryFilter filter =
                  new EntryFilter(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(id),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty());
              var page =
                  ledger.entries(
                      transaction, filter, new ListRequest(1, ENTRIES_MAX, Optional.empty(), true));
              return TransferRow.of(found, page.rows(), page.total().orElseThrow());
            }));
  }

  /** What the top bar shows: the last audit, and the seal. */
  private Response state(Request request) {
    return AnswerEnvelope.of(
        transactions.read(
            transaction -> {
              SealState seal = ledger.sealing(transaction);
              return new State(
                  runs.last(transaction).map(RunRow::of).orElse(null),
                  seal.head().map(SealRow::of).orElse(null),
                  seal.unsealed(),
                  seal.oldestUnsealed().orElse(null),
                  seal.at());
            }));
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no transfer " + GivenText.shown(text), e);
    }
  }

  /**
   * How the books stand.
   *
   * @param lastAudit null: none was run
   * @param sealed null: nothing yet
   */
  private record State(
      @Nullable RunRow lastAudit,
      @Nullable SealRow sealed,
      long unsealed,
      @Nullable Instant oldestUnsealed,
      Instant at) {}

  private record SealRow(long number, String hash, Instant sealedAt) {
    static SealRow of(SealState.Head head) {
      return new SealRow(head.number(), head.hash(), head.sealedAt());
    }
  }

  /** An audit that was run. */
  private record RunRow(
      long id,
      Instant startedAt,
      Instant endedAt,
      String runBy,
      @Nullable Instant since,
      boolean clean,
      long accounts,
      long transfers,
      long entries,
      int checks,
      int found,
      List<AuditFinding> findings,
      List<String> notes) {
    static RunRow of(AuditRuns.Run run) {
      return new RunRow(
          run.id(),
          run.startedAt(),
          run.endedAt(),
          run.by(),
          run.since().orElse(null),
          run.clean(),
          run.accounts(),
          run.transfers(),
          run.entries(),
          run.checks(),
          run.found(),
          run.findings(),
          run.notes());
    }
  }

  /**
   * A transfer with its entries.
   *
   * @param sums of the entries that are shown, by asset; 0 where all are
   * @param entriesTotal how many it has; at most 500 are shown
   */
  private record TransferRow(
      UUID id,
      long tenantId,
      String kind,
      String operation,
      String idempotencyKey,
      String reference,
      String reason,
      @Nullable UUID reverses,
      @Nullable UUID reversedBy,
      Instant effectiveAt,
      Instant postedAt,
      @Nullable SealRow seal,
      List<EntryRow> entries,
      long entriesTotal,
      Map<String, BigDecimal> sums) {
    static TransferRow of(PostedTransfer transfer, List<LedgerEntry> entries, long total) {
      Map<String, BigDecimal> sums = new LinkedHashMap<>();
      for (LedgerEntry entry : entries) {
        var unused =
            sums.merge(entry.amount().asset().code(), entry.amount().toDecimal(), BigDecimal::add);
      }
      return new TransferRow(
          transfer.id(),
          transfer.tenant().value(),
          transfer.kind(),
          transfer.operation(),
          transfer.idempotencyKey(),
          transfer.reference(),
          transfer.reason(),
          transfer.reverses().orElse(null),
          transfer.reversedBy().orElse(null),
          transfer.effectiveAt(),
          transfer.postedAt(),
          transfer.seal().map(SealRow::of).orElse(null),
          entries.reversed().stream().map(EntryRow::of).toList(),
          total,
          sums);
    }
  }
}
