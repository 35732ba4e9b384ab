package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Where the logs of one data directory are kept, each under its id. */
public interface LogShelf {
  /** Ids of the logs there are. */
  List<UUID> logs() throws IOException;

  /** The place of a log, made when it is not there. */
  LogStorage log(UUID id) throws IOException;

  /** Removes a log with all that is in it. */
  void remove(UUID id) throws IOException;
}
