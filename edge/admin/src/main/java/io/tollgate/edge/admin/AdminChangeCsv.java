package io.tollgate.edge.admin;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminChange;
import io.tollgate.web.CsvLine;
import java.util.List;

/** Writes the administrators' log as CSV (RFC 4180). */
final class AdminChangeCsv {
  private static final List<String> HEAD =
      List.of(
          "id",
          "created_at",
          "admin_id",
          "username",
          "action",
          "path",
          "thing",
          "thing_id",
          "tenant_id",
          "changed",
          "outcome",
          "error_code",
          "request_id",
          "address",
          "device",
          "changes");

  private AdminChangeCsv() {}

  static String of(List<AdminChange> rows) {
    StringBuilder text = new StringBuilder(CsvLine.head(HEAD));
    for (AdminChange row : rows) {
      text.append(line(row));
    }
    return text.toString();
  }

  private static String line(AdminChange row) {
    return CsvLine.of(
        List.of(
            Long.toString(row.id()),
            row.at().toString(),
            row.admin().map(AdminId::toString).orElse(""),
            row.username(),
            row.action(),
            row.path(),
            row.thing(),
            row.thingId(),
            row.tenant().map(TenantId::toString).orElse(""),
            Integer.toString(row.changed()),
            row.done() ? "done" : "refused",
            row.error().orElse(""),
            row.requestId().toString(),
            row.origin().address(),
            row.origin().device(),
            row.changes()));
  }
}
