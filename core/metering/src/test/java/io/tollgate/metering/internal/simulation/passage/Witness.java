package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Stands outside: sees what the upstream served and which answers were whole. It knows nothing of
 * leases, logs or positions.
 */
final class Witness {
  /** A request as seen from outside. */
  static final class Seen {
    final UUID log;
    TokenUsage served = TokenUsage.NONE;
    boolean ended;
    boolean completed;

    Seen(UUID log) {
      this.log = log;
    }
  }

  /** Requests that reached the upstream. */
  private final Map<ChargeId, Seen> sent = new LinkedHashMap<>();

  private final Set<ChargeId> cutOff = new HashSet<>();
  private final Map<ChargeId, UUID> kept = new HashMap<>();
  private final Set<UUID> doubled = new HashSet<>();
  private final Set<UUID> withoutPower = new HashSet<>();

  void sent(ChargeId charge, UUID log) {
    sent.computeIfAbsent(charge, _ -> new Seen(log));
  }

  void served(ChargeId charge, TokenUsage soFar) {
    seen(charge).served = soFar;
  }

  /** The upstream is through with it. */
  void ended(ChargeId charge, TokenUsage usage) {
    Seen one = seen(charge);
    one.served = usage;
    one.ended = true;
  }

  void completed(ChargeId charge) {
    seen(charge).completed = true;
  }

  private Seen seen(ChargeId charge) {
    Seen one = sent.get(charge);
    if (one == null) {
      throw new Violation("charge " + charge + " was never sent");
    }
    return one;
  }

  Map<ChargeId, Seen> sent() {
    return sent;
  }

  /** It was under way when its process was killed, or copied. */
  void cutOff(ChargeId charge) {
    cutOff.add(charge);
  }

  /** Two processes may write as this log, or have its files. */
  void doubled(UUID log) {
    doubled.add(log);
  }

  boolean isDoubled(UUID log) {
    return doubled.contains(log);
  }

  /** The power went while this log was written, and its records were not forced. */
  void withoutPower(UUID log) {
    withoutPower.add(log);
  }

  boolean isWithoutPower(UUID log) {
    return withoutPower.contains(log);
  }

  /** A record after a hole, kept raw. */
  void kept(UUID log, LogRecord record) {
    if (record instanceof LogRecord.OfCharge of) {
      kept.put(of.charge(), log);
    }
  }

  boolean isKept(ChargeId charge) {
    return kept.containsKey(charge);
  }

  /** What is booked was served, with exactly these amounts. */
  void requireServed(ChargeId charge, TokenUsage usage, long price) {
    Seen one = sent.get(charge);
    if (one == null || !one.ended) {
      throw new Violation("charge " + charge + " was booked and not served");
    }
    if (!one.served.equals(usage)) {
      throw new Violation(
          "charge " + charge + " was booked as " + usage + " and served " + one.served);
    }
    if (price > SevenEach.PRICE * usage.total()) {
      throw new Violation("charge " + charge + " was booked at " + price + " for " + usage);
    }
  }

  /** Only what was under way is in doubt, and what progress shows was served. */
  void requireInDoubt(UUID log, OpenIntent open) {
    ChargeId charge = open.intent().charge();
    Seen one = sent.get(charge);
    boolean known = cutOff.contains(charge) || withoutPower.contains(log) || doubled.contains(log);
    if (!known) {
      throw new Violation("charge " + charge + " is in doubt and was not under way");
    }
    long served = one == null ? 0 : one.served.total();
    if (open.progress().total() > served) {
      throw new Violation(
          "progress of " + charge + " shows " + open.progress() + ", served were " + served);
    }
  }
}
