package io.tollgate.data;

import java.util.List;

/** What all modules want to see before a database is brought to this program's schema. */
public record UpgradeChecks(List<UpgradeCheck> all) {
  public static final UpgradeChecks NONE = new UpgradeChecks(List.of());

  public UpgradeChecks {
    all = List.copyOf(all);
  }
}
