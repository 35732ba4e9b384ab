package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Leg;
import io.tollgate.metering.internal.meterlog.LogScan.Found;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to become of a log whose process has ended, as read from the log. One transaction shuts
 * the leases, turns every open intent into a hold and a passage in doubt, keeps of each lease what
 * the unsettled results need, and frees the rest.
 *
 * @param position where the plan believes the settlement to stand
 * @param open intents without result, with the latest progress
 * @param unsettled units per account that the results after {@code position} take, limits included
 * @param loss set when records may be missing that were acknowledged
 * @param rest records after a hole; each is kept raw as an exception
 */
public record TakeOver(
    UUID log,
    LogPosition position,
    List<OpenIntent> open,
    List<Leg> unsettled,
    Optional<Loss> loss,
    List<Found> rest) {
  public TakeOver {
    requireNonNull(log, "log is null");
    requireNonNull(position, "position is null");
    open = List.copyOf(open);
    unsettled = List.copyOf(unsettled);
    requireNonNull(loss, "loss is null");
    rest = List.copyOf(rest);
  }

  /** Of a log without a hole. */
  public TakeOver(
      UUID log,
      LogPosition position,
      List<OpenIntent> open,
      List<Leg> unsettled,
      Optional<Loss> loss) {
    this(log, position, open, unsettled, loss, List.of());
  }

  /**
   * An intent without result.
   *
   * @param progress what the last progress record showed; nothing used when there is none
   * @param legs what it has reserved by its latest record
   */
  public record OpenIntent(Intent intent, TokenUsage progress, List<Leg> legs) {
    public OpenIntent {
      requireNonNull(intent, "intent is null");
      requireNonNull(progress, "progress is null");
      legs = List.copyOf(legs);
    }
  }

  /**
   * Records written between these times may be gone; what they can have cost is bounded by what the
   * leases have left beyond what the log knows.
   */
  public record Loss(Instant from, Instant to, String why) {
    public Loss {
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
      requireNonNull(why, "why is null");
    }
  }
}
