package io.tollgate.metering.internal.audit;

import io.tollgate.ledger.AuditCheck;
import java.util.List;

/** What the audit checks of meter logs, leases and statistics. */
final class LogChecks {
  private static final MeteringCheck LOG_KNOWN =
      new MeteringCheck(
          "metering.log_known",
          """
          SELECT 'usage record ' || u.charge_id, 'of a log in the register', 'log ' || u.log
            FROM metering.usage_record u
           WHERE u.log IS NOT NULL
             AND u.settled_at >= :since
             AND (u.log IN (SELECT id FROM metering.meter_log)) IS NOT TRUE
           ORDER BY u.opened_at, u.charge_id
          """);

  private static final MeteringCheck LEASE_OF_ENDED_LOG =
      new MeteringCheck(
          "metering.lease_of_ended_log",
          """
          SELECT format('lease of log %s on account %s', l.holder, l.account_id),
                 'no lease of a log that has ended',
                 format('%s held, log %s', l.granted - l.settled, coalesce(m.state, 'not known'))
            FROM metering.lease l
            LEFT JOIN metering.meter_log m ON m.id = l.holder
           WHERE m.state IS NULL OR m.state IN ('ended', 'lost')
           ORDER BY l.holder, l.account_id
          """);

  private static final MeteringCheck EXCEPTION_IS_HELD =
      new MeteringCheck(
          "metering.exception_is_held",
          """
          SELECT 'hold ' || h.id, 'an exception that is not resolved', 'none'
            FROM ledger.hold h
           WHERE h.closed_at IS NULL
             AND h.purpose = 'settlement_exception'
             AND NOT EXISTS (SELECT FROM metering.settlement_exception x
                              WHERE x.charge_id = h.id AND x.resolved_at IS NULL)
           ORDER BY h.opened_at, h.id
          """);

  private static final MeteringCheck EXCEPTIONS_COUNTED =
      new MeteringCheck(
          "metering.exceptions_counted",
          """
          SELECT 'log ' || m.id, m.exceptions || ' exceptions', count(x.log) || ' exceptions'
            FROM metering.meter_log m
            LEFT JOIN metering.settlement_exception x ON x.log = m.id
           GROUP BY m.id
          HAVING m.exceptions <> count(x.log)
           ORDER BY m.opened_at, m.id
          """);

  /**
   * From the hour of the scope's beginning on, each hour is the fold of its records. What was taken
   * out again, since a result superseded it, leaves a row of zeros.
   */
  private static final MeteringCheck STATISTICS =
      new MeteringCheck(
          "metering.statistics",
          """
          WITH folded AS (
            SELECT date_trunc('hour', opened_at, 'UTC') AS bucket, tenant_id, user_id, api_key_id,
                   platform, model, coalesce(upstream_account, 0) AS upstream_account, currency,
                   count(*) AS requests,
                   count(*) FILTER (WHERE http_status NOT BETWEEN 200 AND 399) AS failed,
                   sum(input_tokens) AS input, sum(output_tokens) AS output,
                   sum(cached_tokens) AS cached, sum(cache_write_tokens) AS written,
                   sum(reasoning_tokens) AS reasoning, sum(quota_tokens) AS quota,
                   sum(paid) AS paid, sum(owed) AS owed,
                   coalesce(sum(upstream_cost), 0) AS cost,
                   nullif(metering.sum_kinds(kinds)
                            FILTER (WHERE jsonb_typeof(kinds) = 'object'), '{}') AS kinds
              FROM metering.usage_record
             WHERE opened_at >= date_trunc('hour', :since, 'UTC')
             GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
          ), stored AS (
            SELECT bucket, tenant_id, user_id, api_key_id, platform, model, upstream_account,
                   currency, requests, failed, input_tokens AS input, output_tokens AS output,
                   cached_tokens AS cached, cache_write_tokens AS written,
                   reasoning_tokens AS reasoning, quota_tokens AS quota, paid, owed,
                   upstream_cost AS cost, kinds
              FROM metering.usage_statistic
             WHERE bucket >= date_trunc('hour', :since, 'UTC')
               AND ((requests, failed, input_tokens, output_tokens, cached_tokens,
                     cache_write_tokens, reasoning_tokens, quota_tokens, paid, owed,
                     upstream_cost)
                    <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) OR kinds IS NOT NULL)
          )
          SELECT format('statistic %s tenant %s user %s key %s %s %s account %s %s', bucket,
                        tenant_id, user_id, api_key_id, platform, model, upstream_account, currency),
                 format('%s requests, %s failed, tokens %s/%s/%s/%s/%s, quota %s, paid %s, owed %s, cost %s',
                        f.requests, f.failed, f.input, f.output, f.cached, f.written, f.reasoning,
                        f.quota, f.paid, f.owed, f.cost) || coalesce(', ' || f.kinds::text, ''),
                 format('%s requests, %s failed, tokens %s/%s/%s/%s/%s, quota %s, paid %s, owed %s, cost %s',
                        s.requests, s.failed, s.input, s.output, s.cached, s.written, s.reasoning,
                        s.quota, s.paid, s.owed, s.cost) || coalesce(', ' || s.kinds::text, '')
            FROM folded f
            FULL JOIN stored s USING (bucket, tenant_id, user_id, api_key_id, platform, model,
                                      upstream_account, currency)
           WHERE (f.requests, f.failed, f.input, f.output, f.cached, f.written, f.reasoning, f.quota,
                  f.paid, f.owed, f.cost, f.kinds)
                 IS DISTINCT FROM
                 (s.requests, s.failed, s.input, s.output, s.cached, s.written, s.reasoning, s.quota,
                  s.paid, s.owed, s.cost, s.kinds)
           ORDER BY bucket, tenant_id, user_id
          """);

  private LogChecks() {}

  static List<AuditCheck> all() {
    return List.of(
        new SettledLogs(),
        LOG_KNOWN,
        LEASE_OF_ENDED_LOG,
        EXCEPTION_IS_HELD,
        EXCEPTIONS_COUNTED,
        STATISTICS,
        AccountCostChecks.DAYS,
        AccountCostChecks.TOTALS,
        new MeteringNotes());
  }
}
