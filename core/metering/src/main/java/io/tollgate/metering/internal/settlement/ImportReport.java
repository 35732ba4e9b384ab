package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * What an import of a log came to.
 *
 * @param charges results that were read
 * @param known those that were in the books before
 * @param booked those that came to the books now
 * @param corrected those among them that had been charged in doubt
 * @param exceptions those that cannot be booked, and are kept
 * @param inDoubt intents without a result that are in doubt now
 * @param strays results whose intents are not in these files: not booked
 * @param end how the files end
 */
public record ImportReport(
    UUID log,
    long charges,
    long known,
    long booked,
    long corrected,
    long exceptions,
    long inDoubt,
    long strays,
    String end) {
  public ImportReport {
    requireNonNull(log, "log is null");
    requireNonNull(end, "end is null");
  }
}
