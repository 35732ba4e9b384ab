package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.UnreadableLog;
import io.tollgate.metering.internal.settlement.LogJoin.NotOurs;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Elsewhere;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Settled;
import io.tollgate.metering.internal.settlement.SettlementAnswer.Unknown;
import io.tollgate.metering.internal.settlement.SettlementStep.Ended;
import io.tollgate.metering.internal.settlement.SettlementStep.Idle;
import io.tollgate.metering.internal.settlement.SettlementStep.Later;
import io.tollgate.metering.internal.settlement.SettlementStep.More;
import io.tollgate.metering.internal.settlement.SettlementStep.Moved;
import io.tollgate.metering.internal.settlement.SettlementStep.Stopped;
import io.tollgate.metering.internal.settlement.SettlementStep.TakeOverFirst;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings one log into the books, batch by batch, each exactly once, whatever becomes of answers and
 * whether or not the database is put back meanwhile: the position that a batch starts from is
 * compared by the transaction that books it, and read again when it does not fit. Has no thread and
 * no clock; not safe for several threads.
 */
public final class LogSettlement {
  private final LogIdentity identity;
  private final LogStorage storage;
  private final LogRegister register;
  private final SettlementBook book;
  private final Optional<LogPosition> end;
  private final SettlementPace pace = new SettlementPace();
  private LogPosition settled;
  private int segment;
  private @Nullable LogJoin join;
  private @Nullable SettlementStep terminal;
  private @Nullable String forked;
  private long strays;

  private LogSettlement(
      LogIdentity identity,
      LogStorage storage,
      LogRegister register,
      SettlementBook book,
      LogPosition settled,
      int segment,
      Optional<LogPosition> end) {
    this.identity = identity;
    this.storage = storage;
    this.register = register;
    this.book = book;
    this.settled = settled;
    this.segment = segment;
    this.end = end;
  }

  /** Settles a log that this process has just begun and entered. */
  public static LogSettlement live(
      LogIdentity identity, LogStorage storage, LogRegister register, SettlementBook book) {
    LogPosition start = LogCursor.start(identity.log());
    return new LogSettlement(identity, storage, register, book, start, 1, Optional.empty());
  }

  /**
   * Settles a log that was taken over.
   *
   * @param standing how far it is settled
   * @param end position after its last record
   */
  static LogSettlement takenOver(
      LogIdentity identity,
      LogStorage storage,
      LogRegister register,
      SettlementBook book,
      LogStanding standing,
      LogPosition end) {
    return new LogSettlement(
        identity,
        storage,
        register,
        book,
        standing.position(),
        standing.segment(),
        Optional.of(end));
  }

  public UUID log() {
    return identity.log();
  }

  /** Number of the log's last record, when its writer has ended. */
  OptionalLong end() {
    return end.map(last -> OptionalLong.of(last.sequence())).orElse(OptionalLong.empty());
  }

  /** Everything up to here is in the books, as far as is known. */
  public LogPosition settled() {
    return settled;
  }

  /** The oldest segment that is still needed. */
  public int segment() {
    return segment;
  }

  /** When the oldest result ended that was read and is not settled. */
  public Optional<Instant> oldest() {
    return join == null ? Optional.empty() : join.oldest();
  }

  /**
   * Results passed over because their intents are gone, which needs a database put back to before a
   * segment that was released since.
   */
  public long strays() {
    return strays;
  }

  /**
   * Books at most one batch.
   *
   * @param through number of the last record that is on disk; nothing beyond is settled
   */
  public SettlementStep step(long through) {
    return guarded(() -> settle(end.map(LogPosition::sequence).orElse(through)));
  }

  /** Asks the database where it stands; to be called now and then when nothing is to be settled. */
  public SettlementStep compare() {
    return guarded(
        () -> {
          Optional<SettlementStep> foreign = foreign();
          if (foreign.isPresent()) {
            return foreign.get();
          }
          Optional<LogStanding> standing =
              end.isPresent() ? register.find(log()) : register.heard(log());
          return standing.isEmpty() ? unknown() : compared(standing.get());
        });
  }

  private interface Work {
    SettlementStep run() throws IOException, NotOurs;
  }

  private SettlementStep guarded(Work work) {
    if (terminal != null) {
      return terminal;
    }
    try {
      return forked == null ? work.run() : fork(forked);
    } catch (NotOurs e) {
      forked = String.valueOf(e.getMessage());
      return new More();
    } catch (UnreadableLog e) {
      return stop(new Stopped(String.valueOf(e.getMessage()), false));
    } catch (IOException | RuntimeException e) {
      return later(e);
    }
  }

  private SettlementStep settle(long through) throws IOException, NotOurs {
    if (settled.sequence() > through) {
      throw new NotOurs(
          "log " + log() + " is settled to " + settled + " (expected: at most " + through + ")");
    }
    LogJoin reading = join();
    reading.read(through);
    strays = reading.strays();
    boolean whole = end.isPresent() || reading.closed();
    Optional<SettlementBatch> batch =
        reading.hasCharges() || whole ? reading.batch(pace.max()) : Optional.empty();
    if (batch.isPresent()) {
      return settle(batch.get());
    }
    // what a closed log left open is for the recovery at the next start
    return whole && (end.isPresent() || reading.open() == 0) ? finish() : new Idle();
  }

  private LogJoin join() throws IOException {
    LogJoin current = join;
    if (current == null) {
      current = LogJoin.at(storage, identity, settled, segment, end.isPresent());
      join = current;
    }
    return current;
  }

  private SettlementStep settle(SettlementBatch batch) throws IOException {
    try {
      return answered(batch, book.settle(batch));
    } catch (RuntimeException e) {
      return switch (pace.failed(batch, e)) {
        case WAIT -> later(e);
        case HALVE -> new More();
        case KEEP_ASIDE -> answered(batch, book.keepException(batch, why(e)));
      };
    }
  }

  private static String why(Throwable e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private SettlementStep answered(SettlementBatch batch, SettlementAnswer answer)
      throws IOException {
    return switch (answer) {
      case Settled _ -> settled(batch);
      case Unknown _ -> unknown();
      case Elsewhere elsewhere -> {
        LogStanding standing = elsewhere.standing();
        boolean answerWasLost = standing.position().equals(batch.to()) && isOurs(standing.state());
        yield answerWasLost ? settled(batch) : compared(standing);
      }
    };
  }

  private SettlementStep settled(SettlementBatch batch) {
    LogJoin reading = join;
    if (reading != null) {
      reading.settled(batch);
    }
    settled = batch.to();
    segment = batch.segment();
    pace.booked();
    return new More();
  }

  private SettlementStep compared(LogStanding standing) {
    boolean here = standing.position().equals(settled);
    return switch (standing.state()) {
      case FORKED -> stop(new Stopped("log " + log() + " is forked, says the database", true));
      case ENDED -> ended(standing);
      case OPEN, LOST -> end.isPresent() ? stop(new TakeOverFirst()) : stand(standing, here);
      case RECOVERING -> stand(standing, here);
    };
  }

  /** Whether batches of this log count in that state. */
  private boolean isOurs(LogState state) {
    return switch (state) {
      case RECOVERING -> true;
      case OPEN, LOST -> end.isEmpty();
      case ENDED, FORKED -> false;
    };
  }

  /** Ended where this log ends; or elsewhere, by a process that has another log of this id. */
  private SettlementStep ended(LogStanding standing) {
    LogJoin reading = join;
    Optional<LogPosition> last = end.isPresent() || reading == null ? end : reading.end();
    if (last.filter(standing.position()::equals).isPresent()) {
      return stop(new Ended());
    }
    forked = "log " + log() + " was ended at " + standing.position() + " by others";
    return new More();
  }

  private SettlementStep stand(LogStanding standing, boolean here) {
    pace.answered();
    return here ? new Idle() : move(standing.position(), standing.segment());
  }

  private SettlementStep move(LogPosition position, int needed) {
    String what = "the database has log " + log() + " at " + position + ", not at " + settled;
    settled = position;
    segment = needed;
    join = null;
    return new Moved(what);
  }

  private SettlementStep unknown() throws IOException {
    Optional<SettlementStep> foreign = foreign();
    if (foreign.isPresent()) {
      return foreign.get();
    }
    if (end.isPresent()) {
      return stop(new TakeOverFirst());
    }
    LogCursor oldest = LogCursor.oldest(storage, identity);
    register.enter(identity, oldest.position());
    return move(oldest.position(), oldest.segment());
  }

  /** A restore renews the ledger's id: what was written for the old one is not settled here. */
  private Optional<SettlementStep> foreign() {
    UUID ledger = register.ledger();
    if (ledger.equals(identity.ledger())) {
      return Optional.empty();
    }
    return Optional.of(
        stop(
            new Stopped(
                "log "
                    + log()
                    + " settles into ledger "
                    + identity.ledger()
                    + " (expected: "
                    + ledger
                    + ", which this database is)",
                false)));
  }

  private SettlementStep finish() throws IOException {
    if (register.end(log(), settled, end.isPresent())) {
      return stop(new Ended());
    }
    Optional<LogStanding> standing = register.find(log());
    return standing.isEmpty() ? unknown() : compared(standing.get());
  }

  private SettlementStep fork(String why) {
    register.fork(log());
    return stop(new Stopped(why, true));
  }

  private SettlementStep stop(SettlementStep last) {
    terminal = last;
    join = null;
    return last;
  }

  private SettlementStep later(Exception e) {
    return new Later(pace.pause(), e);
  }
}
