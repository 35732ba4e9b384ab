package io.tollgate.data;

import java.util.List;

/**
 * Tells every process what has been committed anywhere, soon: events of users, those of one user in
 * the order of their versions, each once. Nothing is kept for a process that does not run; what it
 * missed is in {@link UserEvents}.
 */
public interface LiveEvents {
  /** Adds one who listens. Before {@link Database#start}. */
  void subscribe(Listener listener);

  /**
   * Makes sure that everything that is committed after this call will be told. Blocks while the
   * database is asked, where nothing was told before.
   */
  void begin();

  /** Hears what was committed. */
  interface Listener {
    /**
     * Whether anything is to be told. While nobody wants anything the database is not asked; who
     * wants something again calls {@link #begin} after that.
     */
    boolean wants();

    /**
     * Events that are committed. On one thread; must not block for long.
     *
     * @param events in the order in which they were written
     */
    void committed(List<DeliveredEvent> events);
  }
}
