package io.tollgate.data;

import io.tollgate.ground.UserId;
import java.util.List;

/** The events of users that are still kept. In a caller's transaction. */
public interface UserEvents {
  /**
   * What a user's events were after a version.
   *
   * @param after the version of the last event that is known
   * @param max events at once
   */
  Page after(Transaction transaction, UserId user, long after, int max);

  /**
   * A part of the events of a user.
   *
   * @param whole whether none between is missing: one that is not kept any more is
   * @param more whether there are others after these
   */
  record Page(List<DeliveredEvent> events, boolean whole, boolean more) {
    public Page {
      events = List.copyOf(events);
    }
  }
}
