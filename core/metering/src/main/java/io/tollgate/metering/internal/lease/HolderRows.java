package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A holder at the bank, with its lease rows. Closed, it keeps what it holds until it is recovered.
 */
final class HolderRows {
  boolean open = true;
  final Map<AccountId, LeaseRow> rows = new LinkedHashMap<>();

  HolderRows() {}

  HolderRows(HolderRows other) {
    open = other.open;
    other.rows.forEach((account, row) -> rows.put(account, new LeaseRow(row)));
  }
}
