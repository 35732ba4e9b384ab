package io.tollgate.edge.admin;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.Filters;
import io.tollgate.web.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A usage as an object of counts, each by the code of its kind; kinds without any are left out. */
final class UsageByKind {
  private static final String FIELD = "usage";

  private UsageByKind() {}

  static Map<String, Long> of(TokenUsage usage) {
    Map<String, Long> counts = new LinkedHashMap<>();
    usage.forEach((kind, count) -> counts.put(kind.code(), count));
    return counts;
  }

  /**
   * The usage that a body tells.
   *
   * @throws Refusal {@code INVALID_REQUEST} naming the kind or count that cannot be
   */
  static TokenUsage read(JsonNode counts) {
    if (!counts.isObject()) {
      throw Filters.refusal(FIELD, counts.toString(), "an object of counts by kind");
    }
    JsonFields fields = JsonFields.of(counts);
    TokenUsage.Builder usage = TokenUsage.builder();
    for (String code : counts.propertyNames()) {
      UsageKind kind =
          UsageKind.byCode(code)
              .orElseThrow(() -> Filters.refusal(FIELD, code, "one of " + codes()));
      usage.add(kind, fields.wholeNumber(code, 0, TokenUsage.MAX_TOKENS).orElse(0L));
    }
    try {
      return usage.build();
    } catch (IllegalArgumentException e) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  private static String codes() {
    return UsageKind.all().stream().map(UsageKind::code).collect(Collectors.joining(", "));
  }
}
