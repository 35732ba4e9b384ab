package io.tollgate.metering;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;

/** What a tenant charges when a process died between sending a request and writing its result. */
public enum InDoubtRule {
  /** The estimate's input part, and at least what progress showed. */
  CHARGE_INPUT,
  /** Nothing. */
  FREE,
  /** Nothing until somebody decides; the means stay held. */
  MANUAL;

  /** Tells the rule of a tenant. */
  @FunctionalInterface
  public interface Source {
    InDoubtRule of(Transaction transaction, TenantId tenant);
  }
}
