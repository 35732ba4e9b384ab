package io.tollgate.relay.protocols.openai.realtime;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ReportedUsage;

/** Takes a report of usage out of an event. */
final class ReportedNumbers {
  private ReportedNumbers() {}

  static void read(JsonTree.Members usage, ReportedUsage into) {
    ByteSink written = new ByteSink();
    JsonTree.write(usage, written);
    byte[] bytes = written.take();
    JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
    var unused = scanner.next();
    UsageReader.read(scanner, bytes, into.next());
    into.filled();
  }
}
