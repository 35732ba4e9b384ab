package io.tollgate.metering.internal.operator;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.CommitUnknownException;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UnbookedCharges;
import io.tollgate.metering.internal.database.register.DatabaseImport;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.settlement.ImportBook;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.schema.metering.tables.records.LossRecord;
import io.tollgate.schema.metering.tables.records.SettlementExceptionRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deals with exceptions and losses in the database. */
public final class StoredUnbookedCharges implements UnbookedCharges {
  private static final int NOTE_MAX = 500;

  private static final String IN_DOUBT =
      "SELECT EXISTS (SELECT FROM metering.passage WHERE charge_id = ?)";

  private final Transactions transactions;
  private final Ledger ledger;
  private final ImportBook books;
  private final DecodedRecords decoded;
  private final Clock clock;

  public StoredUnbookedCharges(
      Transactions transactions, Ledger ledger, QuoteBook quotes, Clock clock) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.books = new DatabaseImport(transactions, ledger, quotes, clock);
    this.decoded = new DecodedRecords(quotes);
    this.clock = clock;
  }

  @Override
  public ListPage<Kept> exceptions(Transaction transaction, Filter filter, ListRequest page) {
    return KeptTable.page(transaction, decoded, filter, page);
  }

  @Override
  public Kept take(Transaction transaction, Place place, AdminId admin) {
    requireOpen(lock(transaction, place));
    KeptTable.take(transaction, place, admin);
    return shown(transaction, place);
  }

  @Override
  public Kept retry(Place place, AdminId admin) {
    Whole whole =
        transactions.write(
            transaction -> {
              SettlementExceptionRecord row = lock(transaction, place);
              requireOpen(row);
              KeptTable.take(transaction, place, admin);
              return whole(place, KeptTable.records(transaction, row.getLog(), row.getChargeId()));
            });
    SettledCharge charge = new SettledCharge(place.sequence(), whole.intent(), whole.result());
    ImportBook.Outcome outcome;
    try {
      outcome = books.book(place.log(), List.of(charge));
    } catch (CommitUnknownException e) {
      throw e;
    } catch (RuntimeException e) {
      if (e instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE) {
        throw e;
      }
      throw new Refusal(
          ErrorCode.CONFLICT,
          "charge " + charge.intent().charge() + " cannot be booked still: " + e.getMessage(),
          e);
    }
    return transactions.write(
        transaction -> {
          KeptTable.resolve(
              transaction,
              KeptTable.unactedOf(charge.intent().charge().value()),
              admin,
              outcome.booked() > 0 ? "booked" : "known",
              Optional.empty(),
              now());
          free(transaction, charge.intent().tenant(), charge.intent().charge().value());
          return shown(transaction, place);
        });
  }

  /** What a charge needs to be booked. */
  private record Whole(Intent intent, Result result) {}

  private static Whole whole(Place place, List<LogRecord> records) {
    Optional<Intent> intent =
        records.stream().filter(Intent.class::isInstance).map(Intent.class::cast).findFirst();
    Optional<Result> result =
        records.stream().filter(Result.class::isInstance).map(Result.class::cast).findFirst();
    if (intent.isEmpty() || result.isEmpty()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "record "
              + place.sequence()
              + " of log "
              + place.log()
              + " cannot be booked: its charge has no "
              + (intent.isEmpty() ? "intent" : "result")
              + " (expected: both are kept). Close it with what was done.");
    }
    return new Whole(intent.get(), result.get());
  }

  @Override
  public Kept close(Transaction transaction, Place place, AdminId admin, String note) {
    requireNote(note);
    SettlementExceptionRecord row = lock(transaction, place);
    requireOpen(row);
    KeptTable.resolve(transaction, KeptTable.at(place), admin, "closed", Optional.of(note), now());
    if (row.getTenantId() > 0) {
      free(transaction, new TenantId(row.getTenantId()), row.getChargeId());
    }
    return shown(transaction, place);
  }

  /** What is held for a charge of which nothing is open any more; not what it has in doubt. */
  private void free(Transaction transaction, TenantId tenant, UUID charge) {
    boolean inDoubt = transaction.sql().fetchSingle(IN_DOUBT, charge).get(0, Boolean.class);
    if (!inDoubt && !KeptTable.isOpen(transaction, charge)) {
      ledger.release(transaction, tenant, charge);
    }
  }

  @Override
  public ListPage<Loss> losses(Transaction transaction, Optional<State> state, ListRequest page) {
    return LossTable.page(transaction, state, page);
  }

  @Override
  public Loss takeLoss(Transaction transaction, UUID log, AdminId admin) {
    requireOpen(log, LossTable.lock(transaction, log));
    LossTable.take(transaction, log, admin);
    return LossTable.find(transaction, log);
  }

  @Override
  public Loss closeLoss(Transaction transaction, UUID log, AdminId admin, String note) {
    requireNote(note);
    requireOpen(log, LossTable.lock(transaction, log));
    LossTable.close(transaction, log, admin, note, now());
    return LossTable.find(transaction, log);
  }

  private static SettlementExceptionRecord lock(Transaction transaction, Place place) {
    return KeptTable.lock(transaction, place)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.NOT_FOUND,
                    "there is no exception " + place.log() + "." + place.sequence()));
  }

  private Kept shown(Transaction transaction, Place place) {
    return KeptTable.shown(lock(transaction, place), decoded);
  }

  private static void requireOpen(SettlementExceptionRecord row) {
    if (row.getResolvedAt() != null) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "exception "
              + row.getLog()
              + "."
              + row.getSequence()
              + " is closed (expected: an open one)");
    }
  }

  private static void requireOpen(UUID log, Optional<LossRecord> row) {
    if (row.isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no loss of log " + log);
    }
    if (row.get().getClosedAt() != null) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the loss of log " + log + " is closed (expected: an open one)");
    }
  }

  private static void requireNote(String note) {
    if (note.isBlank() || note.length() > NOTE_MAX) {
      throw GivenText.refused("note", note, "1 to " + NOTE_MAX + " characters");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }
}
