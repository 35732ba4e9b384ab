package io.tollgate.trading.engine.execution.simulation;

/**
 * Something that happens in a history.
 *
 * @param a which of those there are, counted around
 * @param b how
 */
record Event(Kind kind, int a, int b) {
  enum Kind {
    /** A strategy says something. */
    SIGNAL,
    /** A process makes orders of a signal that is not dispatched. */
    DISPATCH,
    /** A process looks for an order with something to do. */
    CLAIM,
    /** A piece of work goes one step further. */
    STEP,
    /** A request reaches the exchange. */
    DELIVER,
    /** An answer reaches us. */
    ANSWER,
    /** Time passes. */
    TICK,
    /** The price of a pair moves. */
    PRICE,
    /** A process looks at stops and targets. */
    WATCH,
    /** A process tells of closed positions. */
    TELL,
    /** What rests at the exchange is filled, or cancelled. */
    MARKET,
    /** A request, or its answer, is lost. */
    LOSE,
    /** We stop waiting for an answer; the request goes on its way. */
    TIME_OUT,
    /** A signal is said once more. */
    AGAIN,
    /** What a piece of work found is said once more, much later. */
    ECHO,
    /** So much time passes that claims end; whoever worked goes on afterwards. */
    SLEEP,
    /** Claims end sooner from now on than work takes: one takes over from another who is alive. */
    SHORT_CLAIMS,
    /** The next commit's outcome stays unknown. */
    BLUR_COMMIT,
    /** A process dies. */
    KILL,
    /** A process starts. */
    START
  }

  @Override
  public String toString() {
    return kind + "(" + a + "," + b + ")";
  }
}
