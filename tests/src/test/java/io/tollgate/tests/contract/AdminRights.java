package io.tollgate.tests.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which administrators may do what, as a table: whatever is not in it is read by all of them. Those
 * who are not named are refused.
 */
final class AdminRights {
  static final List<String> ROLES = List.of("owner", "finance", "support", "read-only");

  private static final String TABLE =
      """
      owner: \
        GET /api/admins, POST /api/admins, PUT /api/admins/{id}, PATCH /api/admins/{id}/toggle, \
        POST /api/admins/{id}/reset-password, POST /api/admins/{id}/reset-totp, \
        POST /api/admins/{id}/end-sessions, \
        POST /api/tenants, PUT /api/tenants/{id}, PATCH /api/tenants/{id}/toggle, \
        POST /api/tenants/{id}/rotate-keys, PUT /api/tenants/{id}/routing, \
        PUT /api/tenants/{id}/request-log, GET /api/settings, PUT /api/settings, \
        POST /api/providers, PUT /api/providers/{id}, PATCH /api/providers/{id}/toggle, \
        POST /api/provider-accounts, PUT /api/provider-accounts/{id}, \
        DELETE /api/provider-accounts/{id}, PATCH /api/provider-accounts/{id}/toggle, \
        POST /api/api-keys, POST /api/api-keys/{id}/rotate, \
        PUT /api/cache-rules, DELETE /api/cache-rules/{id}, POST /api/cache-rules/{id}/purge, \
        PUT /api/filter-rules, DELETE /api/filter-rules/{id}, \
        PUT /api/prompt-rules, DELETE /api/prompt-rules/{id}, \
        GET /api/kept-prompts/{request_id}, DELETE /api/kept-prompts, \
        POST /api/leases/{incarnation}/lost, \
        POST /api/nodes, PUT /api/nodes/{id}, DELETE /api/nodes/{id}, \
        PUT /api/exchange-accounts/{id}/assign-node, \
        POST /api/exchange-accounts/batch-assign-node, \
        PUT /api/tenants/{id}/root-user, PUT /api/tenants/{id}/reward-terms, POST /api/tenants/{id}/assign-plan, \
        POST /api/quota-plans, PUT /api/quota-plans/{id}, PATCH /api/quota-plans/{id}/toggle
      owner finance: \
        POST /api/in-doubt/{request_id}/resolve, POST /api/grants/{transfer_id}/revoke, \
        POST /api/users/{id}/grants, POST /api/users/{id}/forgive-owed, \
        POST /api/recharge-orders/{id}/refund, POST /api/recharge-cases/{id}/close, \
        POST /api/refunds/{id}/retry, POST /api/request-logs/{request_id}/refund, \
        POST /api/settlement-exceptions/{id}/retry, \
        POST /api/settlement-exceptions/{id}/close, POST /api/settlement-losses/{id}/close, \
        PUT /api/spend-limits, DELETE /api/spend-limits/{id}, \
        POST /api/prices, POST /api/prices/preview, PUT /api/prices/{id}, DELETE /api/prices/{id}, POST /api/prices/import, \
        PUT /api/price-multipliers, DELETE /api/price-multipliers/{id}, \
        POST /api/services, POST /api/plans, PUT /api/plans/{id}, PATCH /api/plans/{id}/toggle, \
        POST /api/subscriptions, POST /api/subscriptions/{id}/cancel, POST /api/subscriptions/{id}/resume, \
        POST /api/subscriptions/{id}/off, POST /api/subscriptions/{id}/prolong, \
        POST /api/redemption-codes, POST /api/redemption-codes/{id}/export, \
        PATCH /api/redemption-codes/{id}/toggle, PUT /api/invitation-credit, \
        POST /api/request-logs/comparisons, POST /api/ledger/audit, \
        POST /api/tenants/{id}/recharge, POST /api/users/{id}/recharge, \
        POST /api/batch/recharge-users, POST /api/users/{id}/set-market-node, \
        POST /api/strategies, PUT /api/strategies/{id}, POST /api/strategies/{id}, \
        DELETE /api/strategies/{id}, PATCH /api/strategies/{id}/toggle, \
        POST /api/tenants/{tenant_id}/tenant-strategies, \
        PUT /api/tenants/{tenant_id}/tenant-strategies/{id}, \
        DELETE /api/tenants/{tenant_id}/tenant-strategies/{id}, \
        POST /api/tenants/{tenant_id}/tenant-strategies/{id}/copy-from-master, \
        POST /api/strategy-bindings-admin, PUT /api/strategy-bindings-admin/{id}, \
        DELETE /api/strategy-bindings-admin/{id}, POST /api/batch/bind-strategy, \
        POST /api/signal-monitor/config, POST /api/signal-monitor/start, POST /api/signal-monitor/stop, \
        POST /api/signal-monitor/check-now, POST /api/signal-monitor/test-notify, \
        POST /api/signal-monitor/trigger-scan, POST /api/signal-monitor/position-monitor/scan, \
        POST /api/signal-monitor/trading/mode, POST /api/signal-monitor/trading/enable, \
        POST /api/signal-monitor/trading/disable, POST /api/signal-monitor/trading/execute, \
        POST /api/signal-monitor/trading/close, \
        PUT /api/risk/rules, POST /api/manual-order, POST /api/close-position, \
        POST /api/profit-pools/{id}/retry, POST /api/withdrawals/{id}/approve, \
        POST /api/withdrawals/{id}/reject, POST /api/withdrawals/{id}/complete
      owner support: \
        PUT /api/api-keys/{id}, PATCH /api/api-keys/{id}/toggle, \
        POST /api/provider-accounts/{id}/test, POST /api/provider-accounts/{id}/reset, \
        POST /api/users, POST /api/users/{id}/toggle-status, POST /api/users/{id}/end-sessions, \
        POST /api/users/{id}/reset-totp, POST /api/users/{id}/send-reset, \
        DELETE /api/users/{id}/devices/{device}, \
        POST /api/batch/toggle-users
      owner finance support: \
        POST /api/recharge-orders/{id}/ask, POST /api/recharge-cases/{id}/take, \
        POST /api/settlement-exceptions/{id}/take, POST /api/settlement-losses/{id}/take
      owner finance support read-only: POST /api/analytics/evaluate, POST /api/risk/test, \
        POST /api/backtest/run, POST /api/backtest/run-live, POST /api/backtest/signals, POST /api/backtest/optimize, POST /api/backtest/optimize-genetic, \
        DELETE /api/backtest/jobs/{job_id}
      """;

  private static final Map<String, Set<String>> RIGHTS = read();

  private AdminRights() {}

  static Set<String> named() {
    return RIGHTS.keySet();
  }

  static boolean may(String role, Operation operation) {
    return RIGHTS.getOrDefault(operation.toString(), Set.copyOf(ROLES)).contains(role);
  }

  private static Map<String, Set<String>> read() {
    Map<String, Set<String>> rights = new TreeMap<>();
    TABLE
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              Set<String> roles = Set.of(line.substring(0, colon).split(" ", -1));
              Arrays.stream(line.substring(colon + 1).split(",", -1))
                  .map(String::strip)
                  .forEach(each -> rights.put(each, roles));
            });
    return rights;
  }
}
