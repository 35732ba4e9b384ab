package io.tollgate.metering.internal.simulation.passage;

import java.util.ArrayList;
import java.util.List;

/** Messages under way, in the order they were sent; any of them may be next, or never. */
final class Network {
  private static final int MOST = 1_000;
  private final List<Message> messages = new ArrayList<>();

  void send(Message message) {
    if (messages.size() < MOST) {
      messages.add(message);
    }
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Takes a message; mostly the oldest, sometimes another. */
  Message take(int choice) {
    return messages.remove(index(choice));
  }

  void duplicate(int choice) {
    send(messages.get(index(choice)));
  }

  private int index(int choice) {
    return choice % 3 == 0 ? choice % messages.size() : 0;
  }
}
