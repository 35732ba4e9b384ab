package io.tollgate.trading.node.internal.task;

import io.tollgate.ground.GivenText;
import java.util.Locale;

/** What an order does to a position. */
public enum TradeKind {
  OPEN,
  ADD,
  REDUCE,
  CLOSE;

  /** Whether it makes a position smaller. */
  public boolean reduces() {
    return switch (this) {
      case OPEN, ADD -> false;
      case REDUCE, CLOSE -> true;
    };
  }

  /**
   * The kind of a word.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is none that is executed
   */
  static TradeKind of(String field, String word) {
    for (TradeKind kind : values()) {
      if (kind.name().equals(word.toUpperCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw GivenText.refused(field, word, "OPEN, ADD, REDUCE or CLOSE; a HEDGE is two OPENs");
  }
}
