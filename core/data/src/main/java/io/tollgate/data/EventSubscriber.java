package io.tollgate.data;

import java.util.List;

/**
 * Gets every event, in the order in which they became certain, at least once: after a crash, or
 * when {@link #receive} fails, the same events come again. One process of the cluster delivers to a
 * subscriber of a given name at a time.
 */
public interface EventSubscriber {
  /** Its name, stable over restarts, 1 to 100 characters: how far it got is kept under it. */
  String name();

  /**
   * Takes the events. Runs on a virtual thread, and outside any transaction; must end within a few
   * minutes.
   *
   * @param events at least one, at most 500
   * @throws RuntimeException to get the same ones again, after a pause that grows to half a minute
   */
  void receive(List<DeliveredEvent> events);
}
