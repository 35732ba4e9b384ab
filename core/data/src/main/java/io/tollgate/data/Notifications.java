package io.tollgate.data;

/**
 * Passes on what transactions tell with {@code pg_notify}, heard over one connection of its own.
 * Made for news that should be known soon, not for what must be known: nothing is kept for those
 * who do not listen.
 */
public interface Notifications {
  /**
   * Listens to a channel until the database is closed. Listeners are called on one thread, which
   * they must not block.
   *
   * @param channel lower case letters and underscores
   */
  void subscribe(String channel, Listener listener);

  /** Hears a channel. What it throws is logged. */
  interface Listener {
    void notified(String payload);

    /** Listening begins, or begins again: anything may have happened before. */
    void missed();

    /** Nothing is heard any more, until {@link #missed} says that listening has begun again. */
    default void lost() {}
  }
}
