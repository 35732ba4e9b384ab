package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A log as it was read. */
record ReadLog(LogScan scan, List<LogScan.Found> found) {
  static ReadLog of(LogStorage storage) throws IOException {
    List<LogScan.Found> found = new ArrayList<>();
    return new ReadLog(LogReader.of(storage).scan(found::add), found);
  }

  List<LogRecord> records() {
    return found.stream().map(LogScan.Found::record).toList();
  }

  List<LogPosition> positions() {
    return found.stream().map(LogScan.Found::position).toList();
  }
}
