package io.tollgate.edge.admin;

import io.tollgate.billing.SpendLimitOrder;
import io.tollgate.billing.SpendSpan;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit.Scope;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the body of a spend limit. */
final class SpendLimitBody {
  private static final String NUMBER = "a whole number from 1";
  private static final String AMOUNT = "a decimal number, 0 or more";

  private SpendLimitBody() {}

  static SpendLimitOrder read(JsonFields body) {
    Scope scope = scope(body.requireText("scope", oneOf(scopes())));
    Optional<UserId> user = id(body, "user_id", UserId::new);
    Optional<ApiKeyId> key = id(body, "api_key_id", ApiKeyId::new);
    switch (scope) {
      case KEY -> requirePresent(key, "api_key_id", scope);
      case USER -> {
        requirePresent(user, "user_id", scope);
        requireAbsent(key, "api_key_id", scope);
      }
      case TENANT -> {
        requireAbsent(user, "user_id", scope);
        requireAbsent(key, "api_key_id", scope);
      }
    }
    return new SpendLimitOrder(
        id(body, "tenant_id", TenantId::new)
            .orElseThrow(() -> JsonFields.missing("tenant_id", NUMBER)),
        scope,
        user,
        key,
        span(body.requireText("span", oneOf(spans()))),
        body.text("currency", "a code such as USD"),
        body.requireDecimal("amount", AMOUNT));
  }

  /** The scope of this name, in a body or a filter. */
  static Scope scope(String text) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope.code().equals(text))
        .findFirst()
        .orElseThrow(() -> Filters.refusal("scope", text, oneOf(scopes())));
  }

  private static SpendSpan span(String text) {
    return Arrays.stream(SpendSpan.values())
        .filter(span -> span.code().equals(text))
        .findFirst()
        .orElseThrow(() -> Filters.refusal("span", text, oneOf(spans())));
  }

  private static <T> Optional<T> id(JsonFields body, String name, Function<Long, T> type) {
    return body.wholeNumber(name, 1, Long.MAX_VALUE).map(type);
  }

  private static void requirePresent(Optional<?> value, String name, Scope scope) {
    if (value.isEmpty()) {
      throw JsonFields.missing(name, NUMBER + ", for the scope " + scope.code());
    }
  }

  private static void requireAbsent(Optional<?> value, String name, Scope scope) {
    if (value.isPresent()) {
      throw Filters.refusal(name, value.get().toString(), "left out for the scope " + scope.code());
    }
  }

  private static List<String> scopes() {
    return Arrays.stream(Scope.values()).map(Scope::code).toList();
  }

  private static List<String> spans() {
    return Arrays.stream(SpendSpan.values()).map(SpendSpan::code).toList();
  }

  private static String oneOf(List<String> codes) {
    return "one of " + String.join(", ", codes);
  }
}
