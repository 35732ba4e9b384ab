package io.tollgate.identity;

import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import java.time.ZoneId;

/**
 * A merchant's isolated space.
 *
 * @param zone whose calendar its months and days follow
 * @param monthlyFreeTokens free tokens of the relay that every user gets each month; 0 for none
 * @param inDoubtRule what is charged when a process died between sending a request and its result
 */
public record Tenant(
    TenantId id,
    String name,
    Asset currency,
    ZoneId zone,
    long monthlyFreeTokens,
    InDoubtRule inDoubtRule) {
  /** What an in-doubt request costs. */
  public enum InDoubtRule {
    /** The estimate's input part, and at least what progress showed. */
    CHARGE_INPUT,
    /** Nothing. */
    FREE,
    /** Nothing until somebody decides. */
    MANUAL
  }
}
