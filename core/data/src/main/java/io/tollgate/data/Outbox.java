package io.tollgate.data;

/** Delivers the events that transactions published. */
public interface Outbox {
  /**
   * Adds a subscriber, which gets all events still kept that it did not get yet. Before {@link
   * Database#start}.
   */
  void subscribe(EventSubscriber subscriber);
}
