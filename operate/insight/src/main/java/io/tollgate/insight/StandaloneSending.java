package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.insight.internal.LogSender;
import io.tollgate.insight.internal.spool.SentMarks;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Requests on their way to the log of another process, in a folder of their own, without a program
 * around it: for measurements.
 */
public final class StandaloneSending implements AutoCloseable {
  private final LogSender sender;
  private final SpoolFolder folder;

  private StandaloneSending(LogSender sender, SpoolFolder folder) {
    this.sender = requireNonNull(sender, "sender is null");
    this.folder = requireNonNull(folder, "folder is null");
  }

  /**
   * Opens it.
   *
   * @param segmentBytes of one file of the spool
   * @param spoolBytes of all of them, at most
   */
  public static StandaloneSending open(
      Path home, int segmentBytes, long spoolBytes, MeterRegistry registry) throws IOException {
    Path spool = home.resolve("spool");
    SpoolFolder folder =
        SpoolFolder.open(spool, segmentBytes, spoolBytes, UUID.randomUUID().toString());
    LogSender sender =
        new LogSender(folder, new SentMarks(spool), new SpoolMeters(registry, folder));
    return new StandaloneSending(sender, folder);
  }

  /**
   * Takes requests as an event loop does, for one thread.
   *
   * @param refusedPerSecond refused requests kept in a second before the others are sampled
   */
  public RequestLog writer(int refusedPerSecond) {
    return sender.writer(refusedPerSecond);
  }

  public RequestSending sending() {
    return sender;
  }

  /** Bytes that wait, or are kept ready. */
  public long spoolBytes() {
    return folder.bytes();
  }

  @Override
  public void close() {
    sender.close();
  }
}
