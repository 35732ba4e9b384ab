package io.tollgate.ledger.internal.accounts;

import io.tollgate.ledger.Leg;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts an operation touches, and how; decides which shards are locked. An account that is
 * both debited and credited by one transfer is treated as debited: all its legs go to shard 0.
 */
public final class AccountUse {
  private final Map<Long, Use> uses = new LinkedHashMap<>();
  private final Set<Long> credited = new LinkedHashSet<>();

  public void transfer(List<Leg> legs) {
    Map<Long, Boolean> takes = new LinkedHashMap<>();
    for (Leg leg : legs) {
      if (leg.units() > 0) {
        credited.add(leg.account().value());
      }
      takes.merge(leg.account().value(), leg.units() < 0, Boolean::logicalOr);
    }
    takes.forEach((account, taken) -> add(account, taken ? Use.TAKES : Use.GIVES));
  }

  public void takes(long account) {
    add(account, Use.TAKES);
  }

  long[] accounts() {
    return uses.keySet().stream().mapToLong(Long::longValue).toArray();
  }

  /** Those that a transfer credits. */
  long[] credited() {
    return credited.stream().mapToLong(Long::longValue).toArray();
  }

  public Boolean[] takes() {
    return uses.values().stream().map(use -> use != Use.GIVES).toArray(Boolean[]::new);
  }

  Boolean[] gives() {
    return uses.values().stream().map(use -> use != Use.TAKES).toArray(Boolean[]::new);
  }

  private void add(long account, Use use) {
    uses.merge(account, use, (a, b) -> a == b ? a : Use.BOTH);
  }

  private enum Use {
    TAKES,
    GIVES,
    BOTH
  }
}
