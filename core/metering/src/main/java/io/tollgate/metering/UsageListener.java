package io.tollgate.metering;

import java.util.List;

/** Hears what was used after each booking of this process is committed. */
@FunctionalInterface
public interface UsageListener {
  UsageListener NOBODY = booked -> {};

  /** These were booked together. Must neither block nor fail. */
  void booked(List<BookedUsage> usage);
}
