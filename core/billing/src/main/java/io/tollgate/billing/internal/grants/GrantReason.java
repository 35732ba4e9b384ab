package io.tollgate.billing.internal.grants;

import io.tollgate.billing.internal.grants.GivenGrants.Source;

/** Why something is given that is not the free quota of a month. */
public enum GrantReason {
  BY_HAND(Source.HAND, "grant", "billing.grants", "hand:"),
  PLAN(Source.PLAN, "plan_quota", "billing.plan_quota", "plan:"),
  CODE(Source.CODE, "code_grant", "billing.codes", "code:"),
  INVITATION(Source.INVITATION, "invitation_grant", "billing.invitations", "invitation:");

  private final Source source;
  private final String transferKind;
  private final String operation;
  private final String period;

  GrantReason(Source source, String transferKind, String operation, String period) {
    this.source = source;
    this.transferKind = transferKind;
    this.operation = operation;
    this.period = period;
  }

  Source source() {
    return source;
  }

  String transferKind() {
    return transferKind;
  }

  /** Namespace of the idempotency keys. */
  String operation() {
    return operation;
  }

  /** What the label of a grant's account begins with. */
  String period() {
    return period;
  }
}
