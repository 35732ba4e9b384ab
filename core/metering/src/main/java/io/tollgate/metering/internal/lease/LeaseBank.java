package io.tollgate.metering.internal.lease;

/**
 * Where leases come from, as a holder sees it: messages out. Nothing is returned or promised;
 * answers come in through {@link LeaseHolder}, late, twice, in another order or never.
 */
public interface LeaseBank {
  void operate(LeaseOperation operation);

  void compare(HolderId holder, long number);

  /** Tells that another process runs as this holder: the bank closes it. */
  void forked(HolderId holder);
}
