package io.tollgate.edge.admin;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminChange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the administrators' log as CSV (RFC 4180). */
final class AdminChangeCsv {
  private static final String HEAD =
      "id,created_at,admin_id,username,action,path,thing,thing_id,tenant_id,changed,outcome,"
          + "error_code,request_id,address,device,changes";
  private static final String FORMULAS = "=+-@\t\r";

  private AdminChangeCsv() {}

  static String of(List<AdminChange> rows) {
    StringBuilder text = new StringBuilder(HEAD).append("\r\n");
    for (AdminChange row : rows) {
      text.append(line(row)).append("\r\n");
    }
    return text.toString();
  }

  private static String line(AdminChange row) {
    return Stream.of(
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
            row.changes())
        .map(AdminChangeCsv::cell)
        .collect(Collectors.joining(","));
  }

  /** Spreadsheets would compute what begins as a formula: it is shown as text. */
  private static String cell(String value) {
    boolean formula = !value.isEmpty() && FORMULAS.indexOf(value.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + value.replace("\"", "\"\"") + '"';
  }
}
