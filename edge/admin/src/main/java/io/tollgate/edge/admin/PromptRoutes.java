package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.relay.rules.KeptPrompt;
import io.tollgate.relay.rules.KeptPrompts;
import io.tollgate.relay.rules.PromptRuleOrder;
import io.tollgate.relay.rules.PromptRuleRow;
import io.tollgate.relay.rules.PromptRuleSettings;
import io.tollgate.relay.rules.RuleFilter;
import io.tollgate.relay.rules.RulesAdmin;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/prompt-rules}: whose requests and answers are kept; {@code /api/kept-prompts}: one of
 * them, and their end. Who reads or deletes them stands in the log.
 */
final class PromptRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(PromptRoutes.class);
  private static final String RULES = "/api/prompt-rules";
  private static final String PROMPTS = "/api/kept-prompts";

  private final Transactions transactions;
  private final RulesAdmin rules;
  private final PromptRuleSettings settings;
  private final KeptPrompts prompts;
  private final AdminGate gate;
  private final AdminList<RuleFilter, PromptRuleRow> list;

  PromptRoutes(Transactions transactions, RulesAdmin rules, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.settings = rules.prompts();
    this.prompts = rules.keptPrompts();
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.counted(
            RULES,
            RuleFields::filter,
            settings::list,
            PromptRuleColumns.class,
            PromptRuleColumns::of);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.PUT, RULES, errors, gate.guard(AdminPermission.PROMPTS, this::set));
    table.blocking(
        HttpMethod.DELETE,
        RULES + "/{id}",
        errors,
        gate.guard(AdminPermission.PROMPTS, this::remove));
    table.blocking(
        HttpMethod.GET,
        PROMPTS + "/{request_id}",
        errors,
        gate.guard(AdminPermission.PROMPTS, this::show));
    table.blocking(
        HttpMethod.DELETE, PROMPTS, errors, gate.guard(AdminPermission.PROMPTS, this::purge));
  }

  private Response set(Request request) {
    JsonFields body = JsonFields.of(request.json());
    OptionalInt ttl =
        body.wholeNumber("ttl_seconds", 1, PromptRuleSettings.MAX_TTL_SECONDS)
            .map(seconds -> OptionalInt.of(Math.toIntExact(seconds)))
            .orElseGet(OptionalInt::empty);
    PromptRuleOrder order =
        new PromptRuleOrder(
            RuleFields.tenant(body), RuleFields.key(body), RuleFields.enabled(body), ttl);
    PromptRuleRow set = transactions.write(transaction -> settings.set(transaction, order));
    rules.changed().run();
    return AnswerEnvelope.of(PromptRuleColumns.of(set));
  }

  private Response remove(Request request) {
    long id = RuleFields.id(request, "prompt rule");
    boolean _ =
        transactions.write(
            transaction -> {
              settings.remove(transaction, id);
              return true;
            });
    rules.changed().run();
    return AnswerEnvelope.of(Map.of("message", "prompt rule " + id + " deleted"));
  }

  private Response show(Request request) {
    ChargeId id = id(request);
    KeptPrompt found =
        transactions
            .read(transaction -> prompts.find(transaction, id))
            .orElseThrow(() -> unknown(id.toString()));
    LOG.atInfo()
        .addKeyValue("admin_id", gate.require(request).admin().value())
        .addKeyValue("request_id", id.toString())
        .addKeyValue("tenant_id", found.tenant().value())
        .log("an administrator reads a kept request");
    return AnswerEnvelope.of(KeptPromptShown.of(found)).withHeader("Cache-Control", "no-store");
  }

  private Response purge(Request request) {
    Filters filters = new Filters(request);
    TenantId tenant =
        filters
            .tenant()
            .orElseThrow(() -> JsonFields.missing("tenant_id", "a whole number from 1"));
    Optional<UserId> user = filters.id("user_id", UserId::new);
    int deleted = transactions.write(transaction -> prompts.purge(transaction, tenant, user));
    LOG.atInfo()
        .addKeyValue("admin_id", gate.require(request).admin().value())
        .addKeyValue("tenant_id", tenant.value())
        .addKeyValue("user_id", user.map(UserId::value).orElse(0L))
        .addKeyValue("deleted", deleted)
        .log("an administrator deletes kept requests");
    return AnswerEnvelope.of(Map.of("deleted", deleted));
  }

  private static ChargeId id(Request request) {
    String text = request.pathParam("request_id");
    try {
      return ChargeId.parse(text);
    } catch (IllegalArgumentException | Refusal _) {
      throw unknown(text);
    }
  }

  private static Refusal unknown(String id) {
    return new Refusal(ErrorCode.NOT_FOUND, "nothing is kept of request " + GivenText.shown(id));
  }
}
