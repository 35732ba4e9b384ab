package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with an order.
 *
 * @param code as interfaces write it
 * @param sentence what was said of it, cut at 500 characters
 */
public record OrderFault(String code, String sentence) {
  private static final int LONGEST = 500;

  /** That nobody knows yet whether the exchange has it. */
  public static final String UNCONFIRMED = "UNCONFIRMED";

  public OrderFault {
    requireNonNull(code, "code is null");
    sentence = sentence.length() > LONGEST ? sentence.substring(0, LONGEST) : sentence;
  }
}
