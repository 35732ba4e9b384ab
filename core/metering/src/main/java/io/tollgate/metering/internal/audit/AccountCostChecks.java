package io.tollgate.metering.internal.audit;

/** What the audit checks of the cost of provider accounts. */
final class AccountCostChecks {
  /** A row that was taken out again, since a result superseded it, leaves zeros. */
  static final MeteringCheck DAYS =
      new MeteringCheck(
          "metering.account_cost_days",
          """
          WITH summed AS (
            SELECT upstream_account AS account_id, (opened_at AT TIME ZONE 'UTC')::date AS day,
                   count(*) AS requests, coalesce(sum(upstream_cost), 0) AS nano
              FROM metering.usage_record
             WHERE upstream_account IS NOT NULL
               AND opened_at >= date_trunc('day', :since, 'UTC')
             GROUP BY 1, 2
          ), stored AS (
            SELECT account_id, day, requests, total_nano AS nano
              FROM metering.account_cost_day
             WHERE day >= (date_trunc('day', :since, 'UTC') AT TIME ZONE 'UTC')::date
               AND (requests, total_nano) <> (0, 0)
          )
          SELECT format('cost of account %s on %s', account_id, day),
                 format('%s requests, %s nano USD', coalesce(u.requests, 0), coalesce(u.nano, 0)),
                 format('%s requests, %s nano USD', coalesce(s.requests, 0), coalesce(s.nano, 0))
            FROM summed u
            FULL JOIN stored s USING (account_id, day)
           WHERE (u.requests, u.nano) IS DISTINCT FROM (s.requests, s.nano)
           ORDER BY account_id, day
          """);

  static final MeteringCheck TOTALS =
      new MeteringCheck(
          "metering.account_cost_totals",
          """
          WITH summed AS (
            SELECT account_id, sum(requests) AS requests, sum(total_nano) AS nano
              FROM metering.account_cost_day
             GROUP BY account_id
          )
          SELECT format('cost of account %s', account_id),
                 format('%s requests, %s nano USD', coalesce(u.requests, 0), coalesce(u.nano, 0)),
                 format('%s requests, %s nano USD', coalesce(s.requests, 0), coalesce(s.total_nano, 0))
            FROM summed u
            FULL JOIN metering.account_cost s USING (account_id)
           WHERE (u.requests, u.nano) IS DISTINCT FROM (s.requests::numeric, s.total_nano)
           ORDER BY account_id
          """);

  private AccountCostChecks() {}
}
