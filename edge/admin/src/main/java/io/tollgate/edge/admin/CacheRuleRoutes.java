package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.relay.rules.CacheRuleOrder;
import io.tollgate.relay.rules.CacheRuleRow;
import io.tollgate.relay.rules.CacheRuleSettings;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.relay.rules.RulesAdmin;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.OptionalInt;

/** {@code /api/cache-rules}: whose answers are kept, and what one from the cache costs. */
final class CacheRuleRoutes implements Routes {
  private static final String PATH = "/api/cache-rules";
  private static final String WHAT = "cache rule";

  private final Transactions transactions;
  private final RulesAdmin rules;
  private final CacheRuleSettings settings;
  private final AdminGate gate;
  private final AdminList<RuleFilter, CacheRuleRow> list;

  CacheRuleRoutes(Transactions transactions, RulesAdmin rules, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.settings = rules.caches();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH, RuleFields::filter, settings::list, CacheRuleColumns.class, CacheRuleColumns::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.RULES, this::set));
    table.blocking(HttpMethod.DELETE, one, errors, gate.guard(AdminPermission.RULES, this::remove));
    table.blocking(
        HttpMethod.POST, one + "/purge", errors, gate.guard(AdminPermission.RULES, this::purge));
  }

  private Response set(Request request) {
    JsonFields body = JsonFields.of(request.json());
    OptionalInt ttl =
        body.wholeNumber("ttl_seconds", 1, CacheRuleSettings.MAX_TTL_SECONDS)
            .map(seconds -> OptionalInt.of(Math.toIntExact(seconds)))
            .orElseGet(OptionalInt::empty);
    CacheRuleOrder order =
        new CacheRuleOrder(
            RuleFields.tenant(body),
            RuleFields.key(body),
            RuleFields.enabled(body),
            ttl,
            body.decimal("hit_share", "a decimal number, 0 to 1"));
    CacheRuleRow set = transactions.write(transaction -> settings.set(transaction, order));
    rules.changed().run();
    return AnswerEnvelope.of(CacheRuleColumns.of(set));
  }

  private Response remove(Request request) {
    long id = RuleFields.id(request, WHAT);
    boolean _ =
        transactions.write(
            transaction -> {
              settings.remove(transaction, id);
              return true;
            });
    rules.changed().run();
    return AnswerEnvelope.of(Map.of("message", "cache rule " + id + " deleted"));
  }

  private Response purge(Request request) {
    long id = RuleFields.id(request, WHAT);
    CacheRuleRow purged = transactions.write(transaction -> settings.purge(transaction, id));
    rules.changed().run();
    return AnswerEnvelope.of(CacheRuleColumns.of(purged));
  }
}
