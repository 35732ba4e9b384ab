package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.SIGNAL_EVENT;

import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.trading.engine.execution.SignalStatus;
import io.tollgate.trading.engine.execution.TaskId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jooq.JSONB;

/** What happens to a signal, written down with it. */
final class SignalEvents {
  private static final int LONGEST = 1000;

  private SignalEvents() {}

  /** What happened. */
  enum Kind {
    CREATED("signal-hub"),
    RISK_CHECK("risk-control"),
    RISK_PASSED("risk-control"),
    RISK_REJECTED("risk-control"),
    DISPATCHED("execution-dispatcher"),
    EXECUTED("execution-dispatcher"),
    FAILED("execution-dispatcher"),
    EXPIRED("signal-hub");

    private final String source;

    Kind(String source) {
      this.source = source;
    }
  }

  /** Why not. */
  record Why(String code, String sentence) {}

  /** On one account; what was written of it before is not written again. */
  static void note(
      Transaction transaction,
      SignalRecord signal,
      Kind kind,
      Target target,
      Optional<TaskId> task,
      Optional<Why> why,
      Instant now) {
    boolean there =
        transaction
            .sql()
            .fetchExists(
                SIGNAL_EVENT,
                SIGNAL_EVENT
                    .SIGNAL_ID
                    .eq(signal.getSignalId())
                    .and(SIGNAL_EVENT.ACCOUNT_ID.eq(target.account()))
                    .and(SIGNAL_EVENT.EVENT_TYPE.eq(kind.name())));
    if (!there) {
      insert(transaction, signal, kind, Optional.of(target), task, why, now);
    }
  }

  /** Accounts on which a signal was held back. */
  static Set<Long> heldBack(Transaction transaction, String signal) {
    return transaction
        .sql()
        .select(SIGNAL_EVENT.ACCOUNT_ID)
        .from(SIGNAL_EVENT)
        .where(SIGNAL_EVENT.SIGNAL_ID.eq(signal))
        .and(SIGNAL_EVENT.ACCOUNT_ID.isNotNull())
        .and(SIGNAL_EVENT.EVENT_TYPE.eq(Kind.RISK_REJECTED.name()))
        .fetchSet(SIGNAL_EVENT.ACCOUNT_ID);
  }

  /** Of the signal as a whole, which becomes that; false: it cannot any more. */
  static boolean become(
      Transaction transaction, String id, SignalStatus next, Optional<Why> why, Instant now) {
    SignalRecord signal =
        transaction
            .sql()
            .selectFrom(SIGNAL)
            .where(SIGNAL.SIGNAL_ID.eq(id))
            .forNoKeyUpdate()
            .fetchSingle();
    SignalStatus status = SignalStatus.valueOf(signal.getStatus().toUpperCase(Locale.ROOT));
    if (status == next || !status.canBecome(next)) {
      return false;
    }
    signal.setStatus(next.code());
    signal.setUpdatedAt(now);
    int _ = signal.update();
    kind(next)
        .ifPresent(
            kind ->
                insert(transaction, signal, kind, Optional.empty(), Optional.empty(), why, now));
    return true;
  }

  private static Optional<Kind> kind(SignalStatus status) {
    return switch (status) {
      case PENDING -> Optional.of(Kind.CREATED);
      case RISK_CHECKING -> Optional.of(Kind.RISK_CHECK);
      case PASSED -> Optional.of(Kind.RISK_PASSED);
      case REJECTED -> Optional.of(Kind.RISK_REJECTED);
      case DISPATCHED -> Optional.of(Kind.DISPATCHED);
      case EXECUTED -> Optional.of(Kind.EXECUTED);
      case FAILED -> Optional.of(Kind.FAILED);
      case EXPIRED -> Optional.of(Kind.EXPIRED);
      case EXECUTING, CANCELLED -> Optional.empty();
    };
  }

  static void insert(
      Transaction transaction,
      SignalRecord signal,
      Kind kind,
      Optional<Target> target,
      Optional<TaskId> task,
      Optional<Why> why,
      Instant now) {
    String detail =
        "{\"strategy\":\""
            + signal.getStrategyCode()
            + "\",\"symbol\":\""
            + signal.getSymbol()
            + "\",\"side\":\""
            + signal.getSide()
            + "\",\"signal_type\":\""
            + signal.getSignalType()
            + "\"}";
    int _ =
        transaction
            .sql()
            .insertInto(SIGNAL_EVENT)
            .set(SIGNAL_EVENT.SIGNAL_ID, signal.getSignalId())
            .set(SIGNAL_EVENT.TASK_ID, task.map(TaskId::text).orElse(null))
            .set(SIGNAL_EVENT.TENANT_ID, target.map(of -> of.tenant().value()).orElse(null))
            .set(SIGNAL_EVENT.ACCOUNT_ID, target.map(Target::account).orElse(null))
            .set(SIGNAL_EVENT.STRATEGY_CODE, signal.getStrategyCode())
            .set(SIGNAL_EVENT.EVENT_TYPE, kind.name())
            .set(SIGNAL_EVENT.STATUS, signal.getStatus())
            .set(SIGNAL_EVENT.SOURCE_SERVICE, kind.source)
            .set(SIGNAL_EVENT.DETAIL, JSONB.valueOf(detail))
            .set(SIGNAL_EVENT.ERROR_CODE, why.map(Why::code).orElse(null))
            .set(
                SIGNAL_EVENT.ERROR_MESSAGE,
                why.map(Why::sentence)
                    .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                    .orElse(null))
            .set(SIGNAL_EVENT.CREATED_AT, now)
            .execute();
  }
}
