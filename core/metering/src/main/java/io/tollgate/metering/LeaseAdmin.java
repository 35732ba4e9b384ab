package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * For the operator: which processes hold money, and giving up those that are gone for good. Blocks;
 * safe for several threads.
 */
public interface LeaseAdmin {
  /**
   * One event loop's meter log, and what its leases hold.
   *
   * @param incarnation the start of a process that it belongs to
   * @param state {@code open}, {@code recovering}, {@code forked} or {@code lost}
   * @param heardAt when its process showed last that it runs
   * @param settledAt when something of it was booked last
   * @param position number of the last record that is in the books
   * @param accounts how many accounts it has leases on
   * @param units what they hold, by the code of the asset, in its smallest units
   */
  record Held(
      UUID log,
      UUID incarnation,
      int shard,
      String state,
      Instant openedAt,
      Instant heardAt,
      Optional<Instant> settledAt,
      long position,
      long accounts,
      Map<String, Long> units) {
    public Held {
      requireNonNull(log, "log is null");
      requireNonNull(incarnation, "incarnation is null");
      requireNonNull(state, "state is null");
      requireNonNull(openedAt, "openedAt is null");
      requireNonNull(heardAt, "heardAt is null");
      requireNonNull(settledAt, "settledAt is null");
      units = Map.copyOf(units);
    }
  }

  /**
   * What was given up of an account: it is free, and may be spent twice.
   *
   * @param units smallest units of the account's asset
   */
  record AtRisk(UUID log, AccountId account, long units) {
    public AtRisk {
      requireNonNull(log, "log is null");
      requireNonNull(account, "account is null");
    }
  }

  /** Logs that have not ended, the oldest first. */
  List<Held> list();

  /**
   * Gives up everything that an incarnation's leases hold. What its logs bring later is booked all
   * the same, as debt where need be; what is at risk stays in sight of the audit until then.
   *
   * @return what is at risk; empty when there was nothing, or it was given up before
   */
  List<AtRisk> lost(UUID incarnation);

  /**
   * The same, by an administrator; who it was and why is kept, once.
   *
   * @param reason 1 to 200 characters
   */
  List<AtRisk> lost(UUID incarnation, AdminId admin, String reason);
}
