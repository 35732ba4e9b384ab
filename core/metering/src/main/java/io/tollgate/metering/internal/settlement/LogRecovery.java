package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Damaged;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Forked;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Nothing;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Resume;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Recovers one log of an earlier process. Blocks; has no thread of its own. */
public final class LogRecovery {
  private static final int MAX_PLANS = 5;

  private final UUID log;
  private final LogStorage storage;
  private final LogRegister register;
  private final SettlementBook book;
  private final Circumstances circumstances;

  public LogRecovery(
      UUID log,
      LogStorage storage,
      LogRegister register,
      SettlementBook book,
      Circumstances circumstances) {
    this.log = log;
    this.storage = storage;
    this.register = register;
    this.book = book;
    this.circumstances = circumstances;
  }

  public UUID log() {
    return log;
  }

  LogStorage storage() {
    return storage;
  }

  /** What is to be done; changes nothing. */
  public RecoveryPlan plan() throws IOException {
    return RecoveryPlanner.plan(log, storage, register.find(log), circumstances);
  }

  /** As {@link #recover(RecoveryPlan)}, with a plan made now. */
  public Optional<LogSettlement> recover() throws IOException {
    return recover(plan());
  }

  /**
   * Takes the log over; afterwards its means are free but for what is still to be settled and in
   * doubt.
   *
   * @return what settles the rest; nothing when there is nothing to settle
   * @throws DamagedLog when something is missing that was there
   */
  public Optional<LogSettlement> recover(RecoveryPlan first) throws IOException {
    RecoveryPlan plan = first;
    for (int i = 0; i < MAX_PLANS; i++) {
      switch (plan) {
        case Nothing _ -> {
          return Optional.empty();
        }
        case Forked _ -> {
          register.fork(log);
          return Optional.empty();
        }
        case Damaged damaged -> throw new DamagedLog(damaged.explain());
        case Resume resume -> {
          force();
          if (!resume.known()) {
            register.enter(resume.identity(), resume.from().position());
          }
          if (register.takeOver(resume.takeOver())) {
            return Optional.of(
                LogSettlement.takenOver(
                    resume.identity(), storage, register, book, resume.from(), resume.end()));
          }
        }
      }
      plan = plan();
    }
    throw new IllegalStateException(
        "log "
            + log
            + " could not be taken over: the database changes its place meanwhile (expected: the"
            + " data directory is used by this process only)");
  }

  /** What its process wrote before it was killed may not be on disk; from here on it is settled. */
  private void force() throws IOException {
    for (String segment : storage.segments()) {
      storage.force(segment);
    }
  }
}
