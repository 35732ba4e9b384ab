package io.tollgate.relay.gateway.internal.media;

/** Bytes that may still come for one request, whatever they are for. Confined to one loop. */
final class ByteAllowance {
  private final int all;
  private long left;

  ByteAllowance(int all) {
    this.all = all;
    left = all;
  }

  int all() {
    return all;
  }

  /** Whether so many more may come. */
  boolean take(long bytes) {
    left -= bytes;
    return left >= 0;
  }
}
