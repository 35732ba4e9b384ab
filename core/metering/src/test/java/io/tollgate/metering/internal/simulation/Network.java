package io.tollgate.metering.internal.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages under way, in the order they were sent; any of them may be next, or never.
 *
 * @param <M> what is sent
 */
public final class Network<M> {
  private static final int MAX = 1_000;
  private final List<M> messages = new ArrayList<>();

  public void send(M message) {
    if (messages.size() < MAX) {
      messages.add(message);
    }
  }

  public boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Takes a message; mostly the oldest, sometimes another. */
  public M take(int choice) {
    return messages.remove(index(choice));
  }

  public void duplicate(int choice) {
    send(messages.get(index(choice)));
  }

  private int index(int choice) {
    return choice % 3 == 0 ? choice % messages.size() : 0;
  }
}
