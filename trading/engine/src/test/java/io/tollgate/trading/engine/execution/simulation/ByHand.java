package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.simulation.Event.Kind;
import java.util.ArrayList;
import java.util.List;

/** Histories that chance hardly comes upon: a death in one moment out of thousands. */
final class ByHand {
  /** Events of the first process have even numbers, those of the second odd ones. */
  private static final int ONE = 0;

  private static final int TWO = 1;

  /** An order of which the exchange takes all, and which it fills at once. */
  private static final int FILLS = 0;

  private static final int RESTS = 3;
  private static final int REFUSED = 15;

  private final List<Event> events = new ArrayList<>();

  private ByHand() {}

  /** The process that has booked a close dies before it has told of it. */
  static List<Event> deathBeforeTelling() {
    ByHand history = new ByHand();
    history.signalled();
    history.add(Kind.CLAIM, ONE, 0);
    history.placedAndBooked();
    history.add(Kind.PRICE, 0, 40);
    history.add(Kind.WATCH, ONE, 0);
    // the second of those that are open: the close
    history.add(Kind.CLAIM, ONE + 2, 0);
    history.placedAndBooked();
    history.add(Kind.KILL, ONE, 0);
    return history.events;
  }

  /**
   * One is told no, and sleeps; another has taken over, finds nothing, and sends it again; the
   * first wakes up and says no; the other dies.
   */
  static List<Event> refusalOfFormerHolder() {
    ByHand history = new ByHand();
    history.signalled();
    history.add(Kind.SHORT_CLAIMS, 0, 0);
    history.add(Kind.CLAIM, ONE, 0);
    history.add(Kind.STEP, ONE, 0);
    history.add(Kind.STEP, ONE, REFUSED);
    history.answered();
    history.add(Kind.TICK, 0, 60);
    history.add(Kind.CLAIM, TWO, 0);
    history.add(Kind.TICK, 0, 80);
    history.looked();
    history.add(Kind.STEP, TWO, 0);
    history.add(Kind.TICK, 0, 40);
    history.looked();
    history.add(Kind.STEP, TWO, 0);
    history.add(Kind.STEP, TWO, RESTS);
    history.add(Kind.DELIVER, 0, 0);
    history.add(Kind.STEP, ONE, 0);
    history.add(Kind.KILL, TWO, 0);
    return history.events;
  }

  /** A signal of which both accounts have their orders. */
  private void signalled() {
    add(Kind.SIGNAL, 0, 0);
    add(Kind.DISPATCH, ONE, 0);
    for (int i = 0; i <= World.ACCOUNTS; i++) {
      add(Kind.STEP, ONE, 0);
    }
  }

  private void placedAndBooked() {
    add(Kind.STEP, ONE, FILLS);
    add(Kind.STEP, ONE, FILLS);
    answered();
    // placed, then asked for
    add(Kind.STEP, ONE, 0);
    add(Kind.STEP, ONE, 0);
    answered();
    // its trades are asked for, its state and a trade are booked, and it is given back
    add(Kind.STEP, ONE, 0);
    answered();
    add(Kind.STEP, ONE, 0);
    add(Kind.STEP, ONE, 0);
    add(Kind.STEP, ONE, 0);
  }

  private void looked() {
    add(Kind.STEP, TWO, 0);
    answered();
  }

  private void answered() {
    add(Kind.DELIVER, 0, 0);
    add(Kind.ANSWER, 0, 0);
  }

  private void add(Kind kind, int a, int b) {
    events.add(new Event(kind, a, b));
  }
}
