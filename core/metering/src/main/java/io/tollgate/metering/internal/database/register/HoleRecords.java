package io.tollgate.metering.internal.database.register;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogScan.Found;
import io.tollgate.metering.internal.meterlog.RecordBytes;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the records that follow a hole in a log, as they stand there: they cannot be settled, since
 * what came before them is not known, but the operator shall see them.
 */
final class HoleRecords {
  private static final Logger LOG = LoggerFactory.getLogger(HoleRecords.class);

  /** Tenant and user are 0 where the intent is in the hole. */
  private static final String KEEP =
      """
      INSERT INTO metering.settlement_exception
        (log, sequence, charge_id, tenant_id, user_id, records, why, noted_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
      ON CONFLICT (log, sequence) DO NOTHING
      """;

  private static final String COUNT =
      "UPDATE metering.meter_log SET exceptions = exceptions + ? WHERE id = ?";

  private HoleRecords() {}

  static void keep(Transaction transaction, TakeOver plan, Instant now) {
    Map<ChargeId, Intent> intents = new HashMap<>();
    plan.open().forEach(open -> intents.put(open.intent().charge(), open.intent()));
    int kept = 0;
    for (Found found : plan.rest()) {
      switch (found.record()) {
        case LogRecord.Close _ -> {}
        case LogRecord.OfCharge record -> {
          if (record instanceof Intent intent) {
            intents.put(intent.charge(), intent);
          }
          Optional<Intent> intent = Optional.ofNullable(intents.get(record.charge()));
          kept += keep(transaction, plan.log(), found.position().sequence(), record, intent, now);
        }
      }
    }
    if (kept > 0) {
      int _ = transaction.sql().execute(COUNT, kept, plan.log());
      LOG.error("log {}: {} records after a hole are kept as exceptions", plan.log(), kept);
    }
  }

  private static int keep(
      Transaction transaction,
      UUID log,
      long sequence,
      LogRecord.OfCharge record,
      Optional<Intent> intent,
      Instant now) {
    return transaction
        .sql()
        .execute(
            KEEP,
            log,
            sequence,
            record.charge().value(),
            intent.map(found -> found.tenant().value()).orElse(0L),
            intent.map(found -> found.user().value()).orElse(0L),
            RecordBytes.of(log, List.of(record)),
            "it follows a hole in the log",
            now.toString());
  }
}
