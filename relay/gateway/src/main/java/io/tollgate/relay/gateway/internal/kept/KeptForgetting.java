package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.data.RecurringJob;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.gateway.KeptParts;
import java.time.Duration;
import java.time.Instant;

/** Forgets where things are kept that are older than the settings say. */
public final class KeptForgetting {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int AT_ONCE = 5_000;

  private KeptForgetting() {}

  public static RecurringJob job(KeptParts parts) {
    return new RecurringJob("relay.kept.forget", EVERY, () -> forget(parts));
  }

  private static void forget(KeptParts parts) {
    for (KeptKind kind : KeptKind.values()) {
      int days =
          switch (kind) {
            case RESPONSE -> parts.config().responseDays();
            case FILE, BATCH -> parts.config().fileDays();
          };
      Instant before = parts.clock().instant().minus(Duration.ofDays(days));
      int gone;
      do {
        gone =
            parts
                .transactions()
                .write(transaction -> parts.objects().forget(transaction, kind, before, AT_ONCE));
      } while (gone == AT_ONCE);
    }
    // lines are needed for as long as their batch may run
    Duration days = Duration.ofDays(parts.config().fileDays());
    Duration running = Duration.ofHours(parts.config().maxHours() + 24L);
    Duration age = days.compareTo(running) > 0 ? days : running;
    Instant before = parts.clock().instant().minus(age);
    int gone;
    do {
      gone =
          parts
              .transactions()
              .write(transaction -> parts.objects().lines().forget(transaction, before, AT_ONCE));
    } while (gone == AT_ONCE);
  }
}
