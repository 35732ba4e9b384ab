package io.tollgate.trading.exchange.internal.stream;

import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.util.Optional;

/** Whose event it is: accounts may trade what is not traded here. */
public final class KnownInstrument {
  private KnownInstrument() {}

  /**
   * The instrument, or none where it is not one of those that are traded here.
   *
   * @throws UnreadableAnswer when the exchange does not say now, so that the event cannot be told
   */
  public static Optional<Instrument> of(Outcome<Instrument> asked) {
    if (asked instanceof Accepted<Instrument>(Instrument instrument)) {
      return Optional.of(instrument);
    }
    if (asked instanceof Rejected<Instrument>) {
      return Optional.empty();
    }
    throw new UnreadableAnswer("an event of an instrument whose rules are not known");
  }
}
