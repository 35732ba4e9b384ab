package io.tollgate.edge.admin;

import io.tollgate.metering.InDoubt;
import java.time.Instant;

/**
 * A request in doubt whose result was found after it had been charged, as it is listed.
 *
 * @param decided as it was charged until then
 * @param result as it is charged
 */
record CorrectedRow(
    String requestId, Instant correctedAt, RequestLogRow decided, RequestLogRow result) {
  static CorrectedRow of(InDoubt.Corrected row) {
    return new CorrectedRow(
        row.result().charge().toString(),
        row.correctedAt(),
        RequestLogRow.of(row.decided()),
        RequestLogRow.of(row.result()));
  }
}
