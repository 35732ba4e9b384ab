package io.tollgate.billing.internal.prices;

import io.tollgate.contracts.ServiceTier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tiers that served without being asked for and have no price: each is counted, and told of once by
 * model and tier, as an upstream may answer so every time. Safe for use by many threads.
 */
public final class UnpricedTiers {
  private static final Logger log = LoggerFactory.getLogger(UnpricedTiers.class);
  private static final int MAX_TOLD = 1_000;

  private final LongAdder count = new LongAdder();
  private final Set<Told> told = ConcurrentHashMap.newKeySet();

  private record Told(String model, ServiceTier tier) {}

  void served(String model, ServiceTier tier) {
    count.increment();
    if (told.size() < MAX_TOLD && told.add(new Told(model, tier))) {
      log.atWarn()
          .addKeyValue("model", model)
          .addKeyValue("tier", tier)
          .log("a tier served that has no price; the standard price is charged");
    }
  }

  /** How often since the start. */
  public long count() {
    return count.sum();
  }
}
