package io.tollgate.sandbox.internal.exchange;

import io.tollgate.sandbox.internal.served.Usage;
import java.util.function.Function;

/**
 * What a request will be answered, before the journal has it.
 *
 * @param model what the journal names as the model; no spaces
 * @param usage what the whole answer is billed
 * @param writing makes the answer once its number is known; called once, on the event loop
 */
public record Reply(String model, Usage usage, Function<Stamp, Outgoing> writing) {
  /** What makes an answer unlike all others: its attempt's number, and its time. */
  public record Stamp(long number, long seconds) {}

  /** A JSON document that costs nothing. */
  public static Reply free(String model, String json) {
    return json(model, Usage.NONE, json);
  }

  /** A JSON document that is the same whenever it is asked for. */
  public static Reply json(String model, Usage usage, String json) {
    return new Reply(model, usage, stamp -> Outgoing.json(json));
  }
}
