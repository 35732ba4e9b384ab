package io.tollgate.insight.internal.spool;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RequestLog;
import org.jspecify.annotations.Nullable;

/** Appends the requests of one event loop to files of its own. */
public final class SpoolWriter implements RequestLog {
  private final SpoolFolder folder;
  private final RefusalSampler sampler;
  private final SpoolMeters meters;
  private final EntryBytes bytes = new EntryBytes();
  private @Nullable SpoolSegment segment;

  /**
   * @param refusedPerSecond refused requests kept in a second before the others are sampled
   */
  public SpoolWriter(SpoolFolder folder, int refusedPerSecond, SpoolMeters meters) {
    this.folder = requireNonNull(folder, "folder is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.sampler = new RefusalSampler(refusedPerSecond);
  }

  @Override
  public void ended(LoggedRequest request) {
    int weight = sampler.weight(request);
    if (weight == 0) {
      meters.sampledOut();
      return;
    }
    EntryCodec.write(new SpoolEntry(request, weight), bytes);
    if (append()) {
      meters.spooled();
    } else {
      meters.lost();
    }
  }

  private boolean append() {
    SpoolSegment current = segment;
    if (current != null && current.append(bytes.array(), bytes.length())) {
      return true;
    }
    SpoolSegment next = folder.next().orElse(null);
    if (next == null) {
      return false;
    }
    if (current != null) {
      current.finish();
    }
    segment = next;
    return next.append(bytes.array(), bytes.length());
  }
}
