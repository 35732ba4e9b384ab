package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.BillingRecords.ServiceRecord;
import io.tollgate.billing.RecordLists;
import io.tollgate.billing.RecordLists.ListedRecord;
import io.tollgate.data.Transactions;
import io.tollgate.ground.UserId;
import io.tollgate.web.Filters;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/records}: what was charged for services, record by record as users see them. */
final class RecordRoutes implements Routes {
  private static final List<String> TYPES = List.of("free", "paid");

  private final Transactions transactions;
  private final AdminGate gate;
  private final AdminList<RecordLists.Filter, ListedRecord> list;

  RecordRoutes(Transactions transactions, RecordLists records, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.endless("/api/records", RecordRoutes::filter, records::page, Row.class, Row::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    list.declare(table, gate, transactions);
  }

  private static RecordLists.Filter filter(Filters filters) {
    return new RecordLists.Filter(
        filters.uuid("record_id"),
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.text("service"),
        filters
            .choice("type", TYPES, type -> type)
            .map(
                type ->
                    OptionalInt.of(type.equals("free") ? ServiceRecord.FREE : ServiceRecord.PAID))
            .orElse(OptionalInt.empty()),
        filters.time("start"),
        filters.time("end"));
  }

  /** A record. */
  record Row(
      String id,
      UUID recordId,
      long tenantId,
      long userId,
      String service,
      String type,
      long count,
      String currency,
      BigDecimal amount,
      @Nullable String requestId,
      Instant createdAt,
      boolean refunded,
      @Nullable Instant refundedAt,
      @Nullable String refundReason) {
    static Row of(ListedRecord found) {
      String type = found.type() == ServiceRecord.FREE ? "free" : "paid";
      return new Row(
          found.id() + "." + type,
          found.id(),
          found.tenant().value(),
          found.user().value(),
          found.service(),
          type,
          found.count(),
          found.amount().asset().code(),
          found.amount().toDecimal(),
          found.requestId().orElse(null),
          found.createdAt(),
          found.refundedAt().isPresent(),
          found.refundedAt().orElse(null),
          found.refundReason().orElse(null));
    }
  }
}
