package io.tollgate.metering.internal.settlement;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogScan.Found;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a log that is only read comes to: intents without result, and what the results take that are
 * not settled. Holds the open intents and one sum for each account.
 */
final class OldRecords {
  private final Optional<LogPosition> settled;
  private final Map<ChargeId, OpenIntent> open = new LinkedHashMap<>();
  private final Map<Long, Leg> unsettled = new TreeMap<>();
  private Optional<LogPosition> reached = Optional.empty();
  private Optional<Instant> newest = Optional.empty();

  /**
   * @param settled nothing when none of it is
   */
  OldRecords(Optional<LogPosition> settled) {
    this.settled = settled;
  }

  void take(Found found) {
    LogPosition position = found.position();
    LogRecord record = found.record();
    newest = Optional.of(record.at());
    switch (record) {
      case Intent intent ->
          open.put(intent.charge(), new OpenIntent(intent, TokenUsage.NONE, intent.legs()));
      case Progress progress ->
          open.computeIfPresent(
              progress.charge(),
              (_, before) -> new OpenIntent(before.intent(), progress.usage(), progress.legs()));
      case Result result -> {
        open.remove(result.charge());
        if (settled.filter(place -> position.sequence() <= place.sequence()).isEmpty()) {
          result.taken().forEach(this::add);
        }
      }
      case Close _ -> {}
    }
    if (settled.filter(place -> position.sequence() == place.sequence()).isPresent()) {
      reached = Optional.of(position);
    }
  }

  private void add(Leg leg) {
    unsettled.merge(
        leg.account().value(),
        leg,
        (sum, more) -> new Leg(sum.kind(), sum.account(), saturated(sum.units(), more.units())));
  }

  private static long saturated(long sum, long more) {
    long result = sum + more;
    return result < 0 ? Long.MAX_VALUE : result;
  }

  /** In the order of the log. */
  List<OpenIntent> open() {
    return List.copyOf(open.values());
  }

  /** One for each account, ascending. */
  List<Leg> unsettled() {
    return List.copyOf(unsettled.values());
  }

  /** The position that the log has where the settlement stands, if it has been read. */
  Optional<LogPosition> reached() {
    return reached;
  }

  /** When the last record was written. */
  Optional<Instant> newest() {
    return newest;
  }
}
