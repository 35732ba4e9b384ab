package io.tollgate.metering.internal.audit;

import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsagePart;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ledger.AuditCheck;
import java.util.List;
import java.util.stream.Collectors;

/** What the audit checks of usage by kind. Knows the kinds from their list. */
final class UsageKindChecks {
  private static final MeteringCheck TOTALS =
      new MeteringCheck(
          "metering.usage_totals",
          """
          SELECT 'usage record ' || u.charge_id,
                 'cached and written tokens within input, reasoning within output',
                 format('input %s, cached %s, written %s, output %s, reasoning %s', u.input_tokens,
                        u.cached_tokens, u.cache_write_tokens, u.output_tokens, u.reasoning_tokens)
            FROM metering.usage_record u
           WHERE u.settled_at >= :since
             AND (u.cached_tokens + u.cache_write_tokens > u.input_tokens
                  OR u.reasoning_tokens > u.output_tokens)
           ORDER BY u.opened_at, u.charge_id
          """);

  /** Further kinds are known ones, something of each, and not more than their totals. */
  private static final MeteringCheck KINDS =
      new MeteringCheck(
          "metering.usage_kinds",
          """
          WITH further (kind, part) AS (VALUES :kinds)
          SELECT 'usage record ' || u.charge_id, 'further kinds of usage, within their totals',
                 u.kinds::text
            FROM metering.usage_record u
           CROSS JOIN LATERAL (
                 SELECT bool_and(f.kind IS NOT NULL AND e.units > 0) AS known,
                        coalesce(sum(e.units) FILTER (WHERE f.part = 'INPUT'), 0) AS input,
                        coalesce(sum(e.units) FILTER (WHERE f.part = 'CACHE_READ'), 0) AS cached,
                        coalesce(sum(e.units) FILTER (WHERE f.part = 'CACHE_WRITE'), 0) AS written,
                        coalesce(sum(e.units) FILTER (WHERE f.part = 'OUTPUT'), 0) AS output,
                        coalesce(sum(e.units) FILTER (WHERE f.part = 'REASONING'), 0) AS reasoning
                   FROM (SELECT key AS kind,
                                CASE WHEN jsonb_typeof(value) = 'number'
                                     THEN (value #>> '{}')::numeric ELSE -1 END AS units
                           FROM jsonb_each(CASE WHEN jsonb_typeof(u.kinds) = 'object' THEN u.kinds
                                                ELSE '{"": 0}' END)) e
                   LEFT JOIN further f ON f.kind = e.kind) k
           WHERE u.settled_at >= :since
             AND u.kinds IS NOT NULL
             AND (k.known IS NOT TRUE
                  OR k.input > u.input_tokens - u.cached_tokens - u.cache_write_tokens
                  OR k.cached > u.cached_tokens
                  OR k.written > u.cache_write_tokens
                  OR k.output > u.output_tokens - u.reasoning_tokens
                  OR k.reasoning > u.reasoning_tokens)
           ORDER BY u.opened_at, u.charge_id
          """
              .replace(":kinds", kinds()));

  private UsageKindChecks() {}

  static List<AuditCheck> all() {
    return List.of(TOTALS, KINDS);
  }

  /** What is not counted in tokens is within no total. */
  private static String kinds() {
    return UsageKind.all().stream()
        .filter(kind -> !kind.isRemainder())
        .map(
            kind -> {
              UsagePart part = kind.unit() == UsageUnit.TOKEN ? kind.part() : UsagePart.OTHER;
              return "('%s', '%s')".formatted(kind.code(), part);
            })
        .collect(Collectors.joining(", "));
  }
}
