package io.tollgate.identity.internal.rates;

import io.tollgate.data.Transaction;
import io.tollgate.identity.RateSharingConfig;
import io.tollgate.identity.internal.rates.RateShareTable.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One turn of a gateway at the tables: it says that it is there, writes down what it uses and
 * wants, and takes of what nobody has. Changes nothing but the tables, so that it can be done
 * again.
 */
final class RateTurn {
  private final UUID member;
  private final UUID epoch;
  private final RateSharingConfig config;

  RateTurn(UUID member, UUID epoch, RateSharingConfig config) {
    this.member = member;
    this.epoch = epoch;
    this.config = config;
  }

  /** What came of a turn. */
  sealed interface Outcome {
    /** Nobody else is there. */
    record Alone() implements Outcome {}

    /** Somebody has come to one who was alone. */
    record Company() implements Outcome {}

    /** Nobody counts with this process any more: what it was handed out is gone. */
    record Forgotten() implements Outcome {}

    /**
     * Others are there.
     *
     * @param shares what may be used from now on
     * @param targets to what a share is to be lowered as soon as it goes, as others want of it
     */
    record Shared(Map<RateId, Long> shares, Map<RateId, Long> targets) implements Outcome {}
  }

  /** The first turn, or the first after others stopped counting with it. */
  Outcome join(Transaction transaction) {
    RateShareTable.lock(transaction);
    RateShareTable.forgetGone(transaction, config.gone());
    boolean alone = RateShareTable.others(transaction, member).isEmpty();
    RateShareTable.join(transaction, member, epoch, !alone);
    return alone ? new Outcome.Alone() : new Outcome.Shared(Map.of(), Map.of());
  }

  /**
   * The turn of one who was alone. Where somebody has come, it is still taken for alone by them
   * until its next turn: in between it finds out what it has.
   */
  Outcome stillAlone(Transaction transaction) {
    RateShareTable.lock(transaction);
    Optional<Boolean> others = RateShareTable.seenAlone(transaction, member, epoch, config.gone());
    if (others.isEmpty()) {
      return new Outcome.Forgotten();
    }
    if (!others.get()) {
      return new Outcome.Alone();
    }
    RateShareTable.forgetGone(transaction, config.gone());
    return RateShareTable.others(transaction, member).isEmpty()
        ? new Outcome.Alone()
        : new Outcome.Company();
  }

  /** The turn of one of several. */
  Outcome among(Transaction transaction, List<RateReport> reports) {
    RateShareTable.lock(transaction);
    RateShareTable.forgetGone(transaction, config.gone());
    List<Boolean> others = RateShareTable.others(transaction, member);
    boolean alone = others.isEmpty();
    if (!RateShareTable.seen(transaction, member, epoch, !alone)) {
      return new Outcome.Forgotten();
    }
    if (alone) {
      RateShareTable.giveBackAll(transaction, member);
      return new Outcome.Alone();
    }
    RateShareTable.report(transaction, member, reports);
    // one that takes itself for the only one uses the limits whole, until it has seen the others
    boolean taking = others.stream().allMatch(sharing -> sharing);
    Map<RateId, Long> shares = new HashMap<>();
    Map<RateId, Long> targets = new HashMap<>();
    List<RateReport> taken = new ArrayList<>();
    Map<RateId, List<Part>> parts = RateShareTable.parts(transaction, reports);
    for (RateReport report : reports) {
      divide(report, parts.getOrDefault(report.id(), List.of()), taking, shares, targets, taken);
    }
    RateShareTable.report(transaction, member, taken);
    return new Outcome.Shared(shares, targets);
  }

  private static void divide(
      RateReport report,
      List<Part> parts,
      boolean taking,
      Map<RateId, Long> shares,
      Map<RateId, Long> targets,
      List<RateReport> taken) {
    long level = FairShares.level(report.limit(), parts.stream().mapToLong(Part::wanted).toArray());
    long target = Math.min(level, report.wanted());
    long total = parts.stream().mapToLong(Part::share).sum();
    long free = Math.max(0, report.limit() - total);
    if (report.share() < target) {
      long more = taking ? Math.min(free, target - report.share()) : 0;
      if (more > 0) {
        long share = report.share() + more;
        shares.put(report.id(), share);
        taken.add(new RateReport(report.id(), report.limit(), share, report.wanted()));
      }
      return;
    }
    boolean othersWant =
        total > report.limit()
            || parts.stream().anyMatch(part -> part.share() < Math.min(level, part.wanted()));
    if (othersWant) {
      targets.put(report.id(), target);
    }
  }

  /** The last turn: what it has used is counted with for as long as it is in the windows. */
  void leave(Transaction transaction, List<RateReport> used) {
    RateShareTable.lock(transaction);
    if (!RateShareTable.seen(transaction, member, epoch, true)) {
      return;
    }
    RateShareTable.giveBackAll(transaction, member);
    if (used.isEmpty()) {
      RateShareTable.leave(transaction, member);
    } else {
      RateShareTable.report(transaction, member, used);
      RateShareTable.retire(
          transaction, member, config.gone(), Duration.ofNanos(SlidingWindow.WINDOW_NANOS));
    }
  }
}
