package io.tollgate.telemetry.internal;

import java.util.List;
import java.util.Optional;

/** Sends batches of spans, one after the other. */
public interface SpanSender extends AutoCloseable {
  /** Waits for a bounded time. What went wrong, in a few words; empty where they are there. */
  Optional<String> send(List<ExportedSpan> spans);

  @Override
  void close();
}
