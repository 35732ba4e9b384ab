package io.tollgate.trading.exchange.internal.stream;

import io.tollgate.trading.exchange.AccountEvent;
import java.util.List;

/**
 * What a message tells.
 *
 * @param events in their order
 * @param replies texts that are to be sent because of it
 */
public record Heard(List<AccountEvent> events, List<String> replies) {
  /** Nothing. */
  public static final Heard NOTHING = new Heard(List.of(), List.of());

  public Heard {
    events = List.copyOf(events);
    replies = List.copyOf(replies);
  }

  /** These, and nothing to be sent. */
  public static Heard of(List<AccountEvent> events) {
    return new Heard(events, List.of());
  }

  /** One, and nothing to be sent. */
  public static Heard of(AccountEvent event) {
    return of(List.of(event));
  }

  /** Nothing yet: something is to be sent first. */
  public static Heard reply(String text) {
    return new Heard(List.of(), List.of(text));
  }
}
