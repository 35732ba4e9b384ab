package io.tollgate.edge.portal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** How a user reads movements of their money: by what they are, not by how they were posted. */
enum StatementType {
  CHARGE("relay_charge", "service_charge", "relay_correction"),
  SUBSCRIPTION("subscription"),
  RECHARGE("recharge"),
  GRANT("grant", "free_quota", "plan_quota", "code_grant", "invitation_grant"),
  REFUND("service_refund", "recharge_refund", "relay_refund"),
  EXPIRY("expiry"),
  REVOKED("grant_revoked"),
  DEBT("owed_payment"),
  REVERSAL("reversal"),
  /** What the list above does not know. */
  OTHER;

  private final Set<String> kinds;

  StatementType(String... kinds) {
    this.kinds = Set.of(kinds);
  }

  /** The type of a transfer. */
  static StatementType of(String kind) {
    return Arrays.stream(values())
        .filter(type -> type.kinds.contains(kind))
        .findFirst()
        .orElse(OTHER);
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Kinds of transfers that are of it. */
  Set<String> kinds() {
    return kinds;
  }
}
