package io.tollgate.insight.internal.store;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;

/** What was used, as {@code input=12,output=3}. */
public final class UsageText {
  private UsageText() {}

  public static String write(TokenUsage usage) {
    StringBuilder text = new StringBuilder();
    for (UsageKind kind : UsageKind.values()) {
      if (usage.count(kind) > 0) {
        text.append(text.isEmpty() ? "" : ",")
            .append(kind.code())
            .append('=')
            .append(usage.count(kind));
      }
    }
    return text.toString();
  }

  public static TokenUsage read(String text) {
    TokenUsage.Builder usage = TokenUsage.builder();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] pair = part.split("=", 2);
      var _ = usage.add(UsageKind.byCode(pair[0]).orElseThrow(), Long.parseLong(pair[1]));
    }
    return usage.build();
  }
}
