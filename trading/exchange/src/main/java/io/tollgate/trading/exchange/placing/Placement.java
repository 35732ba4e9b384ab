package io.tollgate.trading.exchange.placing;

import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders.Trace;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.AuthFailed;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.Outcome.Duplicate;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import io.tollgate.trading.exchange.placing.PlacementStep.AskTime;
import io.tollgate.trading.exchange.placing.PlacementStep.Finish;
import io.tollgate.trading.exchange.placing.PlacementStep.Look;
import io.tollgate.trading.exchange.placing.PlacementStep.Pause;
import io.tollgate.trading.exchange.placing.PlacementStep.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how one order gets to an exchange once. An order whose answer is missing is looked for by
 * its own id, and is sent again only when it is proven absent: two looks that found it nowhere, at
 * least {@link #BETWEEN_LOOKS} apart, both begun after the exchange's clock had passed the time
 * after which it does not take the order any more, and as much time here: a clock that jumps, there
 * or here, proves nothing. No input, no output, no clock: times are what has elapsed since the
 * placing began, by a clock that never goes back. For one thread.
 */
public final class Placement {
  /** The least time from the end of the first look that counts to the beginning of the second. */
  public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(60);
  private static final Duration SOONEST = Duration.ofMillis(20);
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final PlacementRules rules;
  private @Nullable Intent intent;
  private boolean inDoubt;
  private boolean knownThere;
  private boolean clockAsked;
  private boolean askClock;
  private @Nullable Duration absentSince;
  private Duration notBefore = Duration.ZERO;
  private Duration wait = FIRST_WAIT;
  private Duration takenUntil = Duration.ZERO;
  private int sent;
  private String lastCode = "NOT_SENT";
  private String lastSaid = "not sent in time";
  private @Nullable PlacementResult result;

  private Placement(PlacementRules rules) {
    this.rules = rules;
  }

  /** Of an order that was never sent. */
  public static Placement of(PlacementRules rules) {
    return new Placement(rules);
  }

  /** Of an order that a process was sending when it ended. */
  public static Placement resumed(PlacementRules rules, Intent intent) {
    Placement placement = new Placement(rules);
    placement.intent = intent;
    placement.inDoubt = true;
    placement.sent = 1;
    placement.takenUntil = shorter(between(intent), LONGEST_WINDOW);
    return placement;
  }

  /** What is to be done now. */
  public PlacementStep next(Duration elapsed) {
    if (result != null) {
      return new Finish(result);
    }
    if (inDoubt && elapsed.compareTo(rules.knowWithin()) > 0) {
      return finish(new Unconfirmed(known(), lastSaid));
    }
    boolean late = elapsed.compareTo(rules.sendWithin()) > 0;
    boolean waitsTooLong = notBefore.compareTo(rules.sendWithin()) > 0;
    if (!inDoubt && (late || waitsTooLong || sent >= rules.sends())) {
      return finish(new NotPlaced(lastCode, lastSaid));
    }
    if (elapsed.compareTo(notBefore) < 0) {
      return new Pause(notBefore.minus(elapsed));
    }
    if (askClock) {
      return new AskTime();
    }
    return inDoubt ? new Look(known()) : new Send();
  }

  /**
   * The order is about to be sent.
   *
   * @return what has to be written down before
   */
  public Intent sending(
      OrderRequest order, Instant exchangeTime, Instant voidAfter, Duration elapsed) {
    takenUntil = elapsed.plus(Duration.between(exchangeTime, voidAfter));
    Instant first = intent == null ? exchangeTime : intent.firstSentAt();
    // an earlier attempt's bound counts too where it is the later one
    Instant bound =
        intent == null || intent.voidAfter().isBefore(voidAfter) ? voidAfter : intent.voidAfter();
    Intent next = new Intent(order, first, bound);
    intent = next;
    sent++;
    return next;
  }

  /** What came of sending it. */
  public void answered(Outcome<OrderState> outcome, Duration elapsed) {
    switch (outcome) {
      case Accepted<OrderState>(OrderState order) -> result = new Placed(order);
      case Rejected<OrderState>(var code, String said) -> result = new Refused(code, said);
      case Unknown<OrderState>(String said) -> doubt(said, elapsed);
      case Duplicate<OrderState>(String said) -> {
        knownThere = true;
        doubt(said, elapsed);
      }
      // no such answers are known for an order that is placed: so it is not known what they mean
      case NotFound<OrderState>(String said) -> doubt(said, elapsed);
      case NoChange<OrderState>(String said) -> doubt(said, elapsed);
      case SurelyNotDone<OrderState>(String said) -> later(outcome, said, backOff(), elapsed);
      case RateLimited<OrderState>(Duration after, String said) -> {
        sent--;
        later(outcome, said, after, elapsed);
      }
      case Banned<OrderState>(Duration after, String said) -> {
        sent--;
        later(outcome, said, after, elapsed);
      }
      case ClockSkew<OrderState>(String said) -> {
        if (clockAsked) {
          result = new NotPlaced(outcome.errorCode(), said);
        } else {
          clockAsked = true;
          askClock = true;
          later(outcome, said, Duration.ZERO, elapsed);
        }
      }
      case AuthFailed<OrderState>(String said) -> result = new NotPlaced(outcome.errorCode(), said);
    }
  }

  /** What came of looking for it. */
  public void looked(Outcome<Trace> outcome, Duration begun, Duration elapsed) {
    switch (outcome) {
      case Accepted<Trace>(Trace.Found(OrderState order)) -> result = new Placed(order);
      case Accepted<Trace>(Trace.NotSeen(Instant exchangeTime)) ->
          notSeen(exchangeTime, begun, elapsed);
      case RateLimited<Trace>(Duration after, String said) -> lookAgain(said, after, elapsed);
      case Banned<Trace>(Duration after, String said) -> lookAgain(said, after, elapsed);
      case ClockSkew<Trace>(String said) -> {
        askClock = true;
        lookAgain(said, SOONEST, elapsed);
      }
      case AuthFailed<Trace>(String said) -> result = new Unconfirmed(known(), said);
      case Rejected<Trace>(_, String said) -> lookAgain(said, backOff(), elapsed);
      case Unknown<Trace>(String said) -> lookAgain(said, backOff(), elapsed);
      case Duplicate<Trace>(String said) -> lookAgain(said, backOff(), elapsed);
      case NotFound<Trace>(String said) -> lookAgain(said, backOff(), elapsed);
      case NoChange<Trace>(String said) -> lookAgain(said, backOff(), elapsed);
      case SurelyNotDone<Trace>(String said) -> lookAgain(said, backOff(), elapsed);
    }
  }

  /**
   * What came of asking for the time; whatever it was, it is not asked again before the next skew.
   */
  public void askedTime(Outcome<Done> outcome, Duration elapsed) {
    askClock = false;
    switch (outcome) {
      case RateLimited<Done>(Duration after, _) -> notBefore = elapsed.plus(after);
      case Banned<Done>(Duration after, _) -> notBefore = elapsed.plus(after);
      case Accepted<Done> _,
          Rejected<Done> _,
          Unknown<Done> _,
          Duplicate<Done> _,
          SurelyNotDone<Done> _,
          ClockSkew<Done> _,
          AuthFailed<Done> _,
          NotFound<Done> _,
          NoChange<Done> _ -> {}
    }
  }

  private void notSeen(Instant exchangeTime, Duration begun, Duration elapsed) {
    Instant voidAfter = known().voidAfter();
    if (!exchangeTime.isAfter(voidAfter) || begun.compareTo(takenUntil) < 0) {
      absentSince = null;
      Duration rest =
          longer(
              Duration.between(exchangeTime, voidAfter).plusMillis(1), takenUntil.minus(elapsed));
      notBefore = elapsed.plus(longer(SOONEST, shorter(rest, backOff())));
      return;
    }
    if (absentSince == null) {
      absentSince = elapsed;
      notBefore = elapsed.plus(BETWEEN_LOOKS);
      return;
    }
    if (begun.minus(absentSince).compareTo(BETWEEN_LOOKS) < 0) {
      notBefore = absentSince.plus(BETWEEN_LOOKS);
      return;
    }
    if (knownThere) {
      result =
          new Unconfirmed(
              known(), "the exchange has an order of this id and shows none: " + lastSaid);
      return;
    }
    inDoubt = false;
    absentSince = null;
    wait = FIRST_WAIT;
    lastCode = "NOT_SENT";
  }

  private void doubt(String said, Duration elapsed) {
    inDoubt = true;
    absentSince = null;
    lastSaid = said;
    notBefore = elapsed.plus(SOONEST);
  }

  private void later(Outcome<?> outcome, String said, Duration after, Duration elapsed) {
    lastCode = outcome.errorCode();
    lastSaid = said;
    notBefore = elapsed.plus(after);
  }

  private void lookAgain(String said, Duration after, Duration elapsed) {
    lastSaid = said;
    notBefore = elapsed.plus(longer(SOONEST, after));
  }

  private Duration backOff() {
    Duration now = wait;
    wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
    return now;
  }

  private PlacementStep finish(PlacementResult ended) {
    result = ended;
    return new Finish(ended);
  }

  private Intent known() {
    return Optional.ofNullable(intent)
        .orElseThrow(() -> new IllegalStateException("in doubt about an order that was not sent"));
  }

  private static Duration between(Intent intent) {
    return Duration.between(intent.firstSentAt(), intent.voidAfter());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
