package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueConditional.State;
import java.math.BigDecimal;
import java.util.Optional;

/** Takes orders that wait for a price, and lets them become what they are for. Event loop. */
public final class VenueConditionals {
  private static final int MOST = 200;

  private final VenueBook book;

  public VenueConditionals(VenueBook book) {
    this.book = book;
  }

  /** Takes one, or refuses it. */
  public VenueConditional place(
      VenueAccount account, VenueOrder.Wish wish, BigDecimal trigger, boolean above, long now) {
    if (wish.quantity().remainder(wish.listed().step()).signum() != 0
        || trigger.remainder(wish.listed().tick()).signum() != 0) {
      throw new Refused(Reason.BAD_PRECISION, "not a multiple of the step or tick");
    }
    boolean full =
        account.conditionals().stream().filter(one -> one.state() == State.WAITING).count() >= MOST;
    if (full) {
      throw new Refused(Reason.BAD_PARAMETER, "too many orders wait already");
    }
    VenueConditional order = new VenueConditional(book.number(), wish, trigger, above, now);
    if (order.isReachedBy(book.price(wish.listed()))) {
      throw new Refused(Reason.BAD_PARAMETER, "the price is reached already");
    }
    account.conditionals().add(order);
    return order;
  }

  /** One of the exchange's own id. */
  public Optional<VenueConditional> byId(VenueAccount account, String id) {
    return account.conditionals().stream()
        .filter(order -> Long.toString(order.id()).equals(id))
        .findFirst();
  }

  /** Cancels one, unless it has ended. */
  public void cancel(VenueConditional order) {
    if (order.state() != State.WAITING) {
      throw new Refused(Reason.ENDED, "it does not wait any more");
    }
    order.become(State.CANCELLED);
  }

  /** Lets those become orders whose price is reached. */
  static void reached(VenueBook book, VenueAccount account, String base, long now) {
    for (VenueConditional order : account.conditionals()) {
      Listed listed = order.wish().listed();
      if (order.state() == State.WAITING
          && listed.base().equals(base)
          && order.isReachedBy(book.price(listed))) {
        order.become(State.TRIGGERED);
        try {
          book.place(account, order.wish().named(""), VenueBook.Twist.NONE, now);
        } catch (Refused refused) {
          order.become(State.FAILED);
        }
      }
    }
  }
}
