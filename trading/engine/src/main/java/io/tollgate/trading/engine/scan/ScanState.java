package io.tollgate.trading.engine.scan;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.strategies.Bar;
import java.util.Optional;

/**
 * How far a scan has come, to be kept and gone on from.
 *
 * @param identity what it depends on
 * @param firstOpenTime of the bar that it began with, in milliseconds since 1970
 * @param last bar that it has seen
 * @param bars that it has seen
 * @param gaps places where bars are missing in what the exchange gave
 * @param fold of the strategy; not to be changed
 */
public record ScanState(
    String identity, long firstOpenTime, Bar last, long bars, long gaps, byte[] fold) {
  public ScanState {
    requireNonNull(identity, "identity is null");
    requireNonNull(last, "last is null");
    requireNonNull(fold, "fold is null");
  }

  /** The scan of a subject that goes on from here; empty: it is not this one's, or not readable. */
  public Optional<StrategyScan> resumed(ScanSubject subject) {
    return subject.identity().equals(identity)
        ? StrategyScan.restored(subject, this)
        : Optional.empty();
  }
}
