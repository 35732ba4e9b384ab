package io.tollgate.metering.internal.settlement;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.CommitUnknownException;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.MeterLogImport.Report;
import io.tollgate.metering.internal.meterlog.LogEnd.Hole;
import io.tollgate.metering.internal.meterlog.LogEnd.Refused;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogScan;
import io.tollgate.metering.internal.meterlog.LogScan.Found;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.UnreadableLog;
import io.tollgate.metering.internal.settlement.ImportBook.Outcome;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Brings what the files of a log hold into the books by charge id: for logs that are settled no
 * further by their positions, since two processes wrote them, or since something of them is lost.
 * Only reads the files. Stopped at any place, it is simply run again.
 */
public final class LogImport {
  private static final int MAX = 500;

  private final UUID log;
  private final ImportBook book;
  private final Map<ChargeId, OpenIntent> open = new LinkedHashMap<>();
  private final List<SettledCharge> charges = new ArrayList<>();
  private Outcome outcome = Outcome.NOTHING;
  private long read;
  private long exceptions;
  private long strays;

  private LogImport(UUID log, ImportBook book) {
    this.log = log;
    this.book = book;
  }

  /**
   * Imports the log.
   *
   * @throws UnreadableLog when it is none, not of this ledger, or not to be imported; the message
   *     says what can be done
   * @throws Refusal {@code UNAVAILABLE} when the database does not answer: part of it may be
   *     imported
   */
  public static Report run(LogStorage storage, LogRegister register, ImportBook book)
      throws IOException {
    LogScan first = LogReader.of(storage).scan(_ -> {});
    if (first.end() instanceof Refused refused) {
      throw new UnreadableLog(refused.explain());
    }
    LogIdentity identity = first.identity().orElseThrow();
    requireImportable(identity, register);
    LogImport work = new LogImport(identity.log(), book);
    LogScan scan = LogReader.of(storage).scan(work::take);
    if (scan.end() instanceof Hole hole) {
      // each stands for itself: its checksum names the log, and its charge names the intent
      hole.rest().forEach(work::take);
    }
    return work.end(scan);
  }

  private static void requireImportable(LogIdentity identity, LogRegister register)
      throws UnreadableLog {
    UUID log = identity.log();
    UUID ledger = register.ledger();
    if (!identity.ledger().equals(ledger)) {
      throw new UnreadableLog(
          "log "
              + log
              + " was written for ledger "
              + identity.ledger()
              + " (expected: "
              + ledger
              + ", which this database is)");
    }
    LogStanding standing =
        register
            .find(log)
            .orElseThrow(
                () ->
                    new UnreadableLog(
                        "log "
                            + log
                            + " is not known to the books (expected: one that ./tollgate leases has"
                            + " listed): start a process on its data directory"));
    if (standing.state() == LogState.OPEN) {
      throw new UnreadableLog(
          "log "
              + log
              + " is open (expected: forked, lost, recovering or ended): its own process settles"
              + " it. When that is gone, start one on its data directory; when that cannot be,"
              + " './tollgate leases lost "
              + identity.incarnation()
              + "' comes first");
    }
  }

  private void take(Found found) {
    LogRecord record = found.record();
    switch (record) {
      case Intent intent ->
          open.put(intent.charge(), new OpenIntent(intent, TokenUsage.NONE, intent.legs()));
      case Progress progress ->
          open.computeIfPresent(
              progress.charge(),
              (_, before) -> new OpenIntent(before.intent(), progress.usage(), progress.legs()));
      case Result result -> {
        OpenIntent opened = open.remove(result.charge());
        if (opened == null) {
          strays++;
          return;
        }
        charges.add(new SettledCharge(found.position().sequence(), opened.intent(), result));
        if (charges.size() == MAX) {
          book();
        }
      }
      case Close _ -> {}
    }
  }

  private void book() {
    read += charges.size();
    book(List.copyOf(charges));
    charges.clear();
  }

  private void book(List<SettledCharge> some) {
    if (some.isEmpty()) {
      return;
    }
    try {
      outcome = outcome.plus(book.book(log, some));
    } catch (CommitUnknownException e) {
      throw e;
    } catch (RuntimeException e) {
      if (e instanceof Refusal refusal && refusal.code() == ErrorCode.UNAVAILABLE) {
        throw e;
      }
      if (some.size() == 1) {
        book.keep(log, some.getFirst(), e.getClass().getSimpleName() + ": " + e.getMessage());
        exceptions++;
        return;
      }
      book(some.subList(0, some.size() / 2));
      book(some.subList(some.size() / 2, some.size()));
    }
  }

  private Report end(LogScan scan) {
    book();
    int inDoubt = 0;
    List<OpenIntent> left = List.copyOf(open.values());
    for (int at = 0; at < left.size(); at += MAX) {
      inDoubt += book.doubt(log, left.subList(at, Math.min(left.size(), at + MAX)));
    }
    return new Report(
        log,
        read,
        outcome.known(),
        outcome.booked(),
        outcome.corrected(),
        exceptions,
        inDoubt,
        strays,
        scan.end().explain());
  }
}
