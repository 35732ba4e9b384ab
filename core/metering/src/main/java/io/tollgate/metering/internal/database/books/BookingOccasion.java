package io.tollgate.metering.internal.database.books;

import io.tollgate.data.OutboxEvent;
import io.tollgate.ground.TenantId;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.util.List;
import java.util.UUID;

/**
 * What charges of a log are booked for: a batch between two of its places, or an import by charge
 * id.
 *
 * @param operation namespace of the idempotency keys
 * @param key what the batch is unique by, but for the tenant
 * @param content what it says
 * @param numbered whether usage records are counted as the log's up to its position; what is
 *     imported has no place there, since two logs of one id have two records of one number
 * @param told what others are told of it, in the form of fields
 */
public record BookingOccasion(
    UUID log, String operation, String key, String content, boolean numbered, String told) {
  private static final String SETTLEMENT = "relay.settlement";
  private static final String IMPORT = "relay.import";

  static BookingOccasion of(SettlementBatch batch) {
    return new BookingOccasion(
        batch.log(),
        SETTLEMENT,
        String.valueOf(batch.from().sequence() + 1),
        batch.from() + " " + batch.to(),
        true,
        "\"from\":%d,\"to\":%d".formatted(batch.from().sequence(), batch.to().sequence()));
  }

  /** Each charge is booked once, so the first of them names what is booked with it. */
  public static BookingOccasion imported(UUID log, List<SettledCharge> charges) {
    String first = charges.getFirst().intent().charge().toString();
    return new BookingOccasion(log, IMPORT, first, first, false, "\"imported\":true");
  }

  String key(TenantId tenant) {
    return log + ":" + tenant + ":" + key;
  }

  OutboxEvent event(TenantId tenant, int charges) {
    return OutboxEvent.of(
        tenant,
        "metering." + tenant,
        "metering.settled",
        "{\"log\":\"%s\",%s,\"charges\":%d}".formatted(log, told, charges));
  }
}
