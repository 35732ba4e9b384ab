package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.ApiKeys.IssuedKey;
import io.tollgate.identity.KeyRegister;
import io.tollgate.identity.KeyTerms;
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
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * {@code /api/api-keys}: keys of users, and what they may be used for. Owners do everything;
 * support may switch keys off and lower their limits.
 */
final class ApiKeyRoutes implements Routes {
  private static final String PATH = "/api/api-keys";
  private static final String NUMBER = "a whole number from 1";

  private final Transactions transactions;
  private final KeyRegister keys;
  private final AdminList<ApiKeyFilter, ApiKey> list;
  private final AdminGate gate;

  ApiKeyRoutes(Transactions transactions, KeyRegister keys, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.list =
        AdminList.counted(PATH, ApiKeyRoutes::filter, keys::list, ApiKeyRow.class, ApiKeyRow::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    String one = PATH + "/{id}";
    list.declare(table, gate, transactions);
    table.blocking(HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.KEYS, this::issue));
    table.blocking(HttpMethod.GET, one, errors, gate.guard(this::show));
    table.blocking(
        HttpMethod.PUT, one, errors, gate.guard(AdminPermission.KEYS_LOWER, this::change));
    table.blocking(
        HttpMethod.PATCH,
        one + "/toggle",
        errors,
        gate.guard(AdminPermission.KEYS_LOWER, this::toggle));
    table.blocking(
        HttpMethod.POST, one + "/rotate", errors, gate.guard(AdminPermission.KEYS, this::rotate));
  }

  private static ApiKeyFilter filter(Filters filters) {
    return new ApiKeyFilter(
        filters.tenant(),
        filters.id("user_id", UserId::new),
        filters.either("enabled"),
        filters.text("prefix"),
        filters.text("name"),
        false);
  }

  private Response issue(Request request) {
    JsonNode body = request.json();
    JsonFields fields = JsonFields.of(body);
    TenantId tenant =
        new TenantId(
            fields
                .wholeNumber("tenant_id", 1, Long.MAX_VALUE)
                .orElseThrow(() -> JsonFields.missing("tenant_id", NUMBER)));
    UserId user =
        new UserId(
            fields
                .wholeNumber("user_id", 1, Long.MAX_VALUE)
                .orElseThrow(() -> JsonFields.missing("user_id", NUMBER)));
    return withSecret(keys.issue(tenant, user, new ApiKeyBody(body).terms()));
  }

  private Response show(Request request) {
    return AnswerEnvelope.of(ApiKeyRow.of(find(id(request))));
  }

  private Response change(Request request) {
    ApiKeyBody body = new ApiKeyBody(request.json());
    boolean owner = isOwner(request);
    ApiKey changed =
        keys.change(
            id(request),
            before -> {
              KeyTerms after = body.over(before);
              if (!owner && !isLowering(before, after)) {
                throw new Refusal(
                    ErrorCode.FORBIDDEN,
                    "role: support (expected: owner; support lowers limits and changes nothing"
                        + " else)");
              }
              return after;
            });
    return AnswerEnvelope.of(ApiKeyRow.of(changed));
  }

  /** Whether nothing differs but limits, none of which is higher than before. */
  private static boolean isLowering(KeyTerms before, KeyTerms after) {
    return after.rates().within(before.rates()) && after.equals(before.withRates(after.rates()));
  }

  private Response toggle(Request request) {
    Optional<Boolean> wanted =
        request.body().length == 0
            ? Optional.empty()
            : Optional.of(flag(JsonFields.of(request.json()), "enabled"));
    ApiKeyId key = id(request);
    boolean enabled = wanted.orElseGet(() -> !find(key).enabled());
    if (enabled && !isOwner(request)) {
      throw new Refusal(
          ErrorCode.FORBIDDEN, "role: support (expected: owner; support switches keys off only)");
    }
    return AnswerEnvelope.of(ApiKeyRow.of(keys.setEnabled(key, enabled)));
  }

  private Response rotate(Request request) {
    Optional<Long> grace =
        request.body().length == 0
            ? Optional.empty()
            : JsonFields.of(request.json())
                .wholeNumber("grace_seconds", 0, KeyRegister.MAX_GRACE.toSeconds());
    return withSecret(keys.rotate(id(request), Duration.ofSeconds(grace.orElse(0L))));
  }

  private static boolean flag(JsonFields body, String name) {
    String expected = "true or false";
    JsonNode given = body.find(name).orElseThrow(() -> JsonFields.missing(name, expected));
    if (!given.isBoolean()) {
      throw Filters.refusal(name, given.toString(), expected);
    }
    return given.booleanValue();
  }

  private Response withSecret(IssuedKey issued) {
    return AnswerEnvelope.of(new SecretShown(issued.secret(), ApiKeyRow.of(find(issued.id()))))
        .withHeader("Cache-Control", "no-store");
  }

  private ApiKey find(ApiKeyId key) {
    return keys.find(key)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + key));
  }

  private boolean isOwner(Request request) {
    return gate.require(request).role() == AdminRole.OWNER;
  }

  private static ApiKeyId id(Request request) {
    String text = request.pathParam("id");
    try {
      long id = Numerals.wholeNumber(text);
      if (id > 0) {
        return new ApiKeyId(id);
      }
    } catch (NumberFormatException _) {
      // as one that is not there
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + GivenText.shown(text));
  }

  /** A key with its secret, which is shown this once. */
  private record SecretShown(String secret, ApiKeyRow key) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "SecretShown[key=" + key.id() + "]";
    }
  }
}
