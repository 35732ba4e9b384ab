package io.tollgate.ground.module;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What a module offers the program, by type: recurring jobs, routes, audit checks, readiness
 * checks. The layer that makes use of a type declares it (jobs in data, routes in web), so that a
 * module which offers jobs need not know what routes are. Immutable.
 */
public final class Offers {
  public static final Offers NONE = new Offers(List.of());

  private final List<Offer<?>> offers;

  private Offers(List<Offer<?>> offers) {
    this.offers = offers;
  }

  public static <T> Offers of(Class<T> type, T offer) {
    return NONE.and(type, offer);
  }

  /** These and another. */
  public <T> Offers and(Class<T> type, T offer) {
    return and(type, List.of(offer));
  }

  /** These and others of one type. */
  public <T> Offers and(Class<T> type, List<? extends T> more) {
    requireNonNull(type, "type is null");
    List<Offer<?>> all = new ArrayList<>(offers);
    more.forEach(offer -> all.add(new Offer<>(type, offer)));
    return new Offers(List.copyOf(all));
  }

  /** These and those of another module. */
  public Offers and(Offers more) {
    List<Offer<?>> all = new ArrayList<>(offers);
    all.addAll(more.offers);
    return new Offers(List.copyOf(all));
  }

  /** What was offered as that type, in the order in which it was. */
  public <T> List<T> all(Class<T> type) {
    return offers.stream()
        .filter(offer -> offer.type == type)
        .map(offer -> type.cast(offer.value))
        .toList();
  }

  private record Offer<T>(Class<T> type, T value) {
    private Offer {
      requireNonNull(value, "offer is null");
    }
  }
}
