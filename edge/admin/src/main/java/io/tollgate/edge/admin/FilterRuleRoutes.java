package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.relay.rules.FilterRuleOrder;
import io.tollgate.relay.rules.FilterRuleRow;
import io.tollgate.relay.rules.FilterRuleSettings;
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
import org.jspecify.annotations.Nullable;

/** {@code /api/filter-rules}: whose requests and answers a filter is asked about. */
final class FilterRuleRoutes implements Routes {
  private static final String PATH = "/api/filter-rules";

  private final Transactions transactions;
  private final RulesAdmin rules;
  private final FilterRuleSettings settings;
  private final AdminGate gate;
  private final AdminList<RuleFilter, FilterRuleRow> list;

  FilterRuleRoutes(Transactions transactions, RulesAdmin rules, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.settings = rules.filters();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            PATH,
            RuleFields::filter,
            settings::list,
            FilterRuleColumns.class,
            FilterRuleColumns::of);
  }

  /** A rule with the secret that the filter knows us by, which is shown once. */
  private record RuleShown(FilterRuleColumns rule, @Nullable String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "RuleShown[rule=" + rule.id() + "]";
    }
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.PUT, PATH, errors, gate.guard(AdminPermission.RULES, this::set));
    table.blocking(
        HttpMethod.DELETE, PATH + "/{id}", errors, gate.guard(AdminPermission.RULES, this::remove));
  }

  private Response set(Request request) {
    JsonFields body = JsonFields.of(request.json());
    FilterRuleOrder order =
        new FilterRuleOrder(
            RuleFields.tenant(body),
            RuleFields.key(body),
            RuleFields.enabled(body),
            body.text("url", "https://…"),
            RuleFields.flag(body, "before_request").orElse(true),
            RuleFields.flag(body, "after_answer").orElse(false),
            RuleFields.flag(body, "fail_open").orElse(false),
            body.wholeNumber(
                    "timeout_ms",
                    FilterRuleSettings.MIN_TIMEOUT_MS,
                    FilterRuleSettings.MAX_TIMEOUT_MS)
                .map(Math::toIntExact)
                .orElse(FilterRuleOrder.USUAL_TIMEOUT_MS),
            RuleFields.flag(body, "private_address").orElse(false));
    FilterRuleRow set = transactions.write(transaction -> settings.set(transaction, order));
    rules.changed().run();
    return AnswerEnvelope.of(new RuleShown(FilterRuleColumns.of(set), set.secret().orElse(null)))
        .withHeader("Cache-Control", "no-store");
  }

  private Response remove(Request request) {
    long id = RuleFields.id(request, "filter rule");
    boolean _ =
        transactions.write(
            transaction -> {
              settings.remove(transaction, id);
              return true;
            });
    rules.changed().run();
    return AnswerEnvelope.of(Map.of("message", "filter rule " + id + " deleted"));
  }
}
