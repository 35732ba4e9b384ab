package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.TenantRegister;
import io.tollgate.identity.TenantRegister.OldKeys;
import io.tollgate.identity.TenantRegister.TenantChange;
import io.tollgate.identity.TenantRegister.TenantFilter;
import io.tollgate.identity.TenantRegister.TenantProfile;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Tenants.NewTenant;
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
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /api/tenants}: tenants, what is set of them, and the keys of their merchant systems. */
final class TenantRoutes implements Routes {
  private static final String PATH = "/api/tenants";

  private final Transactions transactions;
  private final Tenants tenants;
  private final TenantRegister register;
  private final TenantFigures figures;
  private final AdminGate gate;
  private final AdminList<TenantFilter, TenantProfile> list;

  TenantRoutes(
      Transactions transactions,
      Tenants tenants,
      TenantRegister register,
      TenantFigures figures,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.register = requireNonNull(register, "register is null");
    this.figures = requireNonNull(figures, "figures is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.list =
        AdminList.countedTogether(
            PATH, TenantRoutes::filter, register::list, TenantRow.class, this::rows);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    String one = PATH + "/{id}";
    AdminPermission may = AdminPermission.TENANTS;
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(may, this::create));
    table.blocking(HttpMethod.GET, one, errors, gate.guard(this::show));
    table.blocking(HttpMethod.PUT, one, errors, gate.guard(may, this::change));
    table.blocking(HttpMethod.PATCH, one + "/toggle", errors, gate.guard(may, this::toggle));
    table.blocking(HttpMethod.POST, one + "/rotate-keys", errors, gate.guard(may, this::rotate));
  }

  private static TenantFilter filter(Filters filters) {
    Optional<String> name = filters.text("name");
    if (name.isPresent() && name.get().length() > 100) {
      throw GivenText.refused("name", name.get(), "at most 100 characters");
    }
    return new TenantFilter(name, filters.either("active"));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    String name = body.requireText("name", "1 to 100 characters");
    String currency = body.requireText("currency", "a code such as USD");
    TenantChange rest = change(body);
    NewTenant made =
        transactions.write(
            transaction -> {
              NewTenant fresh =
                  tenants.create(transaction, name, currency, rest.monthlyFreeTokens().orElse(0));
              var _ = register.change(transaction, fresh.tenant().id(), rest);
              return fresh;
            });
    return withSecret(made);
  }

  private Response show(Request request) {
    TenantId id = id(request);
    return AnswerEnvelope.of(
        transactions
            .read(transaction -> register.find(transaction, id))
            .map(this::row)
            .orElseThrow(() -> unknown(request)));
  }

  private Response change(Request request) {
    TenantChange change = change(JsonFields.of(request.json()));
    TenantId id = id(request);
    return AnswerEnvelope.of(
        row(transactions.write(transaction -> register.change(transaction, id, change))));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : JsonLists.flag(JsonFields.of(request.json()), "active");
    TenantId id = id(request);
    TenantProfile after =
        transactions.write(
            transaction -> {
              boolean before =
                  register.find(transaction, id).orElseThrow(() -> unknown(request)).active();
              return register.setActive(transaction, id, wanted.orElse(!before));
            });
    return AnswerEnvelope.of(row(after));
  }

  private Response rotate(Request request) {
    boolean atOnce =
        request.body().length > 0
            && JsonLists.flag(JsonFields.of(request.json()), "at_once").orElse(false);
    OldKeys old = atOnce ? OldKeys.END : OldKeys.GO_ON;
    TenantId id = id(request);
    return withSecret(transactions.write(transaction -> register.rotateKeys(transaction, id, old)));
  }

  private Response withSecret(NewTenant made) {
    TenantProfile profile =
        transactions
            .read(transaction -> register.find(transaction, made.tenant().id()))
            .orElseThrow();
    return AnswerEnvelope.of(new SecretShown(made.appSecret(), row(profile)))
        .withHeader("Cache-Control", "no-store");
  }

  private TenantRow row(TenantProfile profile) {
    return rows(List.of(profile)).getFirst();
  }

  private List<TenantRow> rows(List<TenantProfile> profiles) {
    Map<TenantId, TenantFigures.Month> months =
        transactions.read(
            transaction ->
                figures.read(transaction, profiles.stream().map(TenantProfile::tenant).toList()));
    return profiles.stream()
        .map(
            profile ->
                TenantRow.of(
                    profile,
                    requireNonNull(months.get(profile.tenant().id()), "there is no month")))
        .toList();
  }

  private static TenantChange change(JsonFields body) {
    return new TenantChange(
        body.text("name", "1 to 100 characters"),
        body.text("zone", "a time zone such as Asia/Shanghai").map(TenantRoutes::zone),
        body.wholeNumber("monthly_free_tokens", 0, Long.MAX_VALUE)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty),
        body.text("in_doubt_rule", "charge_input, free or manual").map(TenantRoutes::rule),
        JsonLists.flag(body, "md5_signing"));
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw GivenText.refused("zone", text, "a time zone such as Asia/Shanghai");
    }
  }

  private static Tenant.InDoubtRule rule(String text) {
    return List.of(Tenant.InDoubtRule.values()).stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> GivenText.refused("in_doubt_rule", text, "charge_input, free or manual"));
  }

  private static TenantId id(Request request) {
    return PathId.of(request, "id", TenantId::new).orElseThrow(() -> unknown(request));
  }

  private static Refusal unknown(Request request) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no tenant " + GivenText.shown(request.pathParam("id")));
  }

  /**
   * A tenant as it is listed.
   *
   * @param appKey by which its merchant system names itself; no secret
   * @param md5Signing whether its merchant system may sign by MD5
   * @param quotaPlan code of its plan
   * @param revenue what its users were charged today and on the 29 days before
   * @param upstreamCost what that cost us, USD
   * @param margin revenue less upstream cost; null where they differ in currency
   */
  private record TenantRow(
      long id,
      String name,
      String currency,
      String zone,
      long monthlyFreeTokens,
      String inDoubtRule,
      boolean active,
      String appKey,
      long users,
      boolean md5Signing,
      Optional<String> quotaPlan,
      BigDecimal revenue,
      BigDecimal upstreamCost,
      @Nullable BigDecimal margin,
      Instant createdAt) {
    static TenantRow of(TenantProfile profile, TenantFigures.Month month) {
      Tenant tenant = profile.tenant();
      return new TenantRow(
          tenant.id().value(),
          tenant.name(),
          tenant.currency().code(),
          tenant.zone().getId(),
          tenant.monthlyFreeTokens(),
          tenant.inDoubtRule().name().toLowerCase(Locale.ROOT),
          profile.active(),
          profile.appKey(),
          profile.users(),
          profile.md5Signing(),
          profile.quotaPlan(),
          month.revenue(),
          month.upstreamCost(),
          month.margin(),
          profile.createdAt());
    }
  }

  /** A tenant with the secret of its merchant system, which is shown this once. */
  private record SecretShown(String appSecret, TenantRow tenant) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SecretShown[tenant=" + tenant.id() + "]";
    }
  }
}
