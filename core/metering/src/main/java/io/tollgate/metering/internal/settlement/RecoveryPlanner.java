package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogEnd.Closed;
import io.tollgate.metering.internal.meterlog.LogEnd.Fault;
import io.tollgate.metering.internal.meterlog.LogEnd.Hole;
import io.tollgate.metering.internal.meterlog.LogEnd.Refused;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogScan;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Damaged;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Forked;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Nothing;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Resume;
import io.tollgate.metering.internal.settlement.TakeOver.Loss;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a log that an earlier process left, and tells what is to be done with it. */
public final class RecoveryPlanner {
  private final UUID log;
  private final LogStorage storage;
  private final Circumstances circumstances;

  private RecoveryPlanner(UUID log, LogStorage storage, Circumstances circumstances) {
    this.log = log;
    this.storage = storage;
    this.circumstances = circumstances;
  }

  /**
   * Plans; changes nothing.
   *
   * @param log id that the place where it lies says it has
   * @param known what the database says of it; nothing when it does not know it
   */
  public static RecoveryPlan plan(
      UUID log, LogStorage storage, Optional<LogStanding> known, Circumstances circumstances)
      throws IOException {
    return new RecoveryPlanner(log, storage, circumstances).plan(known);
  }

  private RecoveryPlan plan(Optional<LogStanding> known) throws IOException {
    if (known.isEmpty()) {
      return read(known);
    }
    return switch (known.get().state()) {
      case ENDED -> ended(known.get());
      case FORKED -> new Forked("log " + log + " is forked, says the database");
      case OPEN, RECOVERING, LOST -> read(known);
    };
  }

  /**
   * Settled to its end, unless these files end elsewhere: then they are others than those that were
   * settled. Shorter ones may be an old copy, or hold records that the others do not have.
   */
  private RecoveryPlan ended(LogStanding standing) throws IOException {
    LogReader reader = LogReader.of(storage, circumstances.ledger(), log);
    LogScan scan = reader.from(standing.segment()).scan(_ -> {});
    if (scan.end() instanceof Refused refused && refused.fault() == Fault.NO_HEADER) {
      scan = reader.from(1).scan(_ -> {});
    }
    LogPosition place = standing.position();
    boolean elsewhere = scan.records() > 0 && !scan.last().equals(place);
    return elsewhere && !(scan.end() instanceof Refused)
        ? new Forked(
            "log " + log + " was ended at " + place + " (expected: " + scan.last() + ", its end)")
        : new Nothing(false, "log " + log + " is settled to its end");
  }

  private RecoveryPlan read(Optional<LogStanding> known) throws IOException {
    int segment = known.map(LogStanding::segment).orElse(1);
    OldRecords records = new OldRecords(known.map(LogStanding::position));
    LogScan scan =
        LogReader.of(storage, circumstances.ledger(), log).from(segment).scan(records::take);
    if (scan.end() instanceof Refused refused) {
      return refused(refused, known);
    }
    LogIdentity identity = scan.identity().orElseThrow();
    LogPosition start = scan.start();
    LogPosition position = known.map(LogStanding::position).orElse(start);
    if (start.sequence() > position.sequence()) {
      return damaged(
          "is settled to " + position + ", but its oldest segment begins after " + start);
    }
    if (scan.damaged(position.sequence())) {
      return damaged(
          "is settled to "
              + position
              + " and has valid records to "
              + scan.last()
              + "; "
              + scan.end().explain());
    }
    Optional<LogPosition> ours =
        position.sequence() == start.sequence() ? Optional.of(start) : records.reached();
    if (ours.filter(position::equals).isEmpty()) {
      return new Forked(
          "log "
              + log
              + " is settled to "
              + position
              + " (expected: "
              + ours.map(LogPosition::toString).orElse("a place of it")
              + "): another process wrote as this log");
    }
    return resume(identity, known, scan, records, new Place(position, segment));
  }

  private record Place(LogPosition position, int segment) {}

  private RecoveryPlan resume(
      LogIdentity identity,
      Optional<LogStanding> known,
      LogScan scan,
      OldRecords records,
      Place place) {
    LogPosition position = place.position();
    LogState state = known.map(LogStanding::state).orElse(LogState.OPEN);
    int segment = Math.max(place.segment(), scan.firstSegment());
    List<LogScan.Found> rest = scan.end() instanceof Hole hole ? hole.rest() : List.of();
    TakeOver takeOver =
        new TakeOver(
            log,
            position,
            records.open(),
            records.unsettled(),
            loss(identity, scan, records, known.isPresent()),
            rest);
    return new Resume(
        identity,
        known.isPresent(),
        new LogStanding(log, state, position, segment),
        scan.last(),
        takeOver,
        "log "
            + log
            + ": "
            + (scan.last().sequence() - position.sequence())
            + " records to settle after "
            + position
            + ", "
            + records.open().size()
            + " requests in doubt; "
            + scan.end().explain());
  }

  private Optional<Loss> loss(
      LogIdentity identity, LogScan scan, OldRecords records, boolean known) {
    Optional<String> why;
    if (scan.end() instanceof Hole hole) {
      why = Optional.of(hole.explain());
    } else if (!known && scan.start().sequence() > 0) {
      why =
          Optional.of(
              "the database does not know this log, and its records up to "
                  + scan.start().sequence()
                  + " were released when another state of it had them");
    } else if (!(scan.end() instanceof Closed)
        && !circumstances.onDisk()
        && !identity.boot().equals(circumstances.boot())) {
      why =
          Optional.of(
              "the machine restarted: what was acknowledged after record "
                  + scan.last().sequence()
                  + " was not on disk");
    } else {
      why = Optional.empty();
    }
    Instant from = records.newest().orElse(circumstances.now());
    Instant to = circumstances.now().isBefore(from) ? from : circumstances.now();
    return why.map(reason -> new Loss(from, to, reason));
  }

  private RecoveryPlan refused(Refused refused, Optional<LogStanding> known) throws IOException {
    if (refused.fault() == Fault.NO_HEADER
        && known.filter(standing -> standing.position().sequence() > 0).isEmpty()
        && LogReader.isBlank(storage)) {
      return new Nothing(true, "log " + log + ": nothing was ever written to it");
    }
    if (refused.fault() == Fault.OTHER_LEDGER) {
      return new Damaged(
          "log "
              + log
              + " was written for another ledger: "
              + refused.what()
              + ". Start with the database it belongs to, or, when that is given up for good, move"
              + " the directory of the log out of the data directory: its charges are then lost");
    }
    if (refused.fault() == Fault.OTHER_BUILD) {
      return new Damaged(
          "log "
              + log
              + " was written by another build: "
              + refused.what()
              + ". Start that build on the data directory once and stop it: it settles what the log"
              + " holds. If it finds the database newer than itself, another process has upgraded"
              + " it; every process is to be stopped in order before that");
    }
    return damaged(refused.explain());
  }

  private RecoveryPlan damaged(String what) {
    return new Damaged(
        "log "
            + log
            + " "
            + what
            + ". Put its files back from a copy of the disk; when there is none, move the directory"
            + " of the log out of the data directory: its leases then stay held until"
            + " './tollgate leases lost' gives them up, and what it had not settled is lost");
  }
}
