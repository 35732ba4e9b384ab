package io.tollgate.identity;

/** A gateway's sharing of keys' limits with others, until it is closed. */
public interface LimitSharing extends AutoCloseable {
  /** Gives back what is not used, and shares no more. Waits for it, a bounded time. */
  @Override
  void close();
}
