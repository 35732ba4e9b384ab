package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where requests are kept and searched. Appended to by one thread, read by many. What it throws
 * says that it is away: nothing of a batch counts as kept then, and how far the spool was stored is
 * asked again before it is tried once more.
 */
public interface LogStore extends AutoCloseable {
  /**
   * How far apart two may say that the same request arrived: an entry and the books, or a writer
   * that tells of it again.
   */
  Duration APART = Duration.ofMinutes(10);

  /**
   * How far files of a spool have been stored.
   *
   * @param there names of those that are there; of others it need not be told
   */
  Map<String, Integer> marks(Set<String> there) throws StoreException;

  /** Keeps a batch of the spool, all of it or nothing. */
  void append(SpoolReader.Batch batch) throws StoreException;

  /** Removes what is too old, beside those who read; how many, where that is known at once. */
  long remove(Retention retention) throws StoreException;

  /**
   * Adds up a day that is over, beside those who read, so that statistics over many of them are
   * soon there; where a store needs nothing of that, nothing happens.
   *
   * @param until a day that was over by then
   * @param bounds of what is removed: their days still change
   * @return whether there may be another
   */
  boolean addUp(Instant until, Retention bounds) throws StoreException;

  /**
   * Keeps these in place of those of the same ids that arrived {@link #APART} of them at most.
   *
   * @param rows 10,000 at most
   */
  void replace(List<LoggedRow> rows) throws StoreException;

  /** What tenants were charged for requests of ours that arrived in a time. */
  List<LogSum> sums(Instant start, Instant end) throws StoreException;

  /** How much it holds. */
  StoreStanding standing() throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#find}. */
  List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after)
      throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#count}. */
  long count(LogFilter filter) throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#find}. */
  List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest)
      throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#statistics}. */
  List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#hours}. */
  List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit) throws StoreException;

  /** As {@link io.tollgate.insight.RequestSearch#parquet}, into a file that is not there yet. */
  StoreExport parquet(LogFilter filter, long rowsMax, Path file);

  @Override
  void close() throws StoreException;
}
