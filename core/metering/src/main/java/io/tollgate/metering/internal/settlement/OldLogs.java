package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.SegmentRetention;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Damaged;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Forked;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Nothing;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Resume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The logs that earlier processes left in the data directory. Blocks; has no thread of its own. */
public final class OldLogs {
  private final LogShelf shelf;
  private final LogRegister register;
  private final SettlementBook book;
  private final Circumstances circumstances;

  /** The caller holds the lock of the data directory: whoever wrote these logs has ended. */
  public OldLogs(
      LogShelf shelf, LogRegister register, SettlementBook book, Circumstances circumstances) {
    this.shelf = shelf;
    this.register = register;
    this.book = book;
    this.circumstances = circumstances;
  }

  private record Planned(LogRecovery recovery, RecoveryPlan plan) {}

  /** What is to be done with each log; changes nothing. */
  public List<RecoveryPlan> inspect() throws IOException {
    return planned().stream().map(Planned::plan).toList();
  }

  /**
   * Takes all of them over; to be called before this process begins logs of its own. When one is
   * damaged, none is touched.
   *
   * @return what settles the rest of each
   * @throws DamagedLog when records are missing that were there; says what can be done
   */
  public List<LogSettlement> recover() throws IOException {
    List<Planned> all = planned();
    String damages =
        all.stream()
            .map(Planned::plan)
            .filter(Damaged.class::isInstance)
            .map(RecoveryPlan::explain)
            .collect(Collectors.joining("\n"));
    if (!damages.isEmpty()) {
      throw new DamagedLog(damages);
    }
    List<LogSettlement> backlog = new ArrayList<>();
    for (Planned one : all) {
      switch (one.plan()) {
        case Nothing(boolean empty, String _) -> {
          if (empty) {
            shelf.remove(one.recovery().log());
          } else {
            SegmentRetention.dropBlank(one.recovery().storage());
          }
        }
        case Resume _, Forked _, Damaged _ ->
            one.recovery().recover(one.plan()).ifPresent(backlog::add);
      }
    }
    return List.copyOf(backlog);
  }

  private List<Planned> planned() throws IOException {
    List<Planned> all = new ArrayList<>();
    for (UUID log : shelf.logs()) {
      LogRecovery recovery = recovery(log);
      all.add(new Planned(recovery, recovery.plan()));
    }
    return all;
  }

  private LogRecovery recovery(UUID log) throws IOException {
    return new LogRecovery(log, shelf.log(log), register, book, circumstances);
  }

  /** Logs that are there and, as far as the database knows, not settled to their end. */
  List<UUID> unsettled() throws IOException {
    List<UUID> unsettled = new ArrayList<>();
    for (UUID log : shelf.logs()) {
      boolean open =
          register
              .find(log)
              .map(
                  standing ->
                      switch (standing.state()) {
                        case OPEN, RECOVERING, LOST -> true;
                        case ENDED, FORKED -> false;
                      })
              .orElse(true);
      if (open) {
        unsettled.add(log);
      }
    }
    return List.copyOf(unsettled);
  }

  /** Takes a log over once more, for a database that was put back to before the first time. */
  public Optional<LogSettlement> again(UUID log) throws IOException {
    return recovery(log).recover();
  }

  /**
   * Removes what nobody needs any more: of every log on the shelf, also of running ones, the
   * segments that are settled, and logs that have ended.
   *
   * @param before only what is older: the earlier of 24 hours ago and the last backup
   * @param running logs that this process writes: they stay, also where others have ended them
   */
  public void tidy(Instant before, Set<UUID> running) {
    try {
      for (UUID log : shelf.logs()) {
        Optional<LogStanding> standing = register.find(log);
        boolean ended = standing.filter(one -> one.state() == LogState.ENDED).isPresent();
        if (standing.isPresent() && !(ended && running.contains(log))) {
          tidy(standing.get(), before);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tidy(LogStanding standing, Instant before) throws IOException {
    UUID log = standing.log();
    switch (standing.state()) {
      case OPEN, RECOVERING -> {
        var _ = SegmentRetention.release(shelf.log(log), standing.segment(), before);
      }
      case ENDED -> {
        if (SegmentRetention.isOlder(shelf.log(log), before)) {
          shelf.remove(log);
        }
      }
      // somebody has to look at these
      case FORKED, LOST -> {}
    }
  }
}
