package io.tollgate.metering;

import java.util.Locale;

/** What a meter log promises before an answer goes out. */
public enum Durability {
  /** It survives any end of the process: it has been written to the system. */
  PROCESS,
  /** It survives the loss of power: it is on disk. */
  DISK;

  /** As settings write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
