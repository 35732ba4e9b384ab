package io.tollgate.billing.internal.charges;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Legs as two arrays of the database. */
final class LegText {
  private LegText() {}

  /** The accounts, as PostgreSQL writes an array. */
  static String accounts(Collection<Leg> legs) {
    return legs.stream()
        .map(leg -> leg.account().toString())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The units, as PostgreSQL writes an array. */
  static String units(Collection<Leg> legs) {
    return legs.stream()
        .map(leg -> Long.toString(leg.units()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static List<Leg> read(@Nullable Object accounts, @Nullable Object units) {
    List<Leg> legs = new ArrayList<>();
    if (accounts instanceof Long[] ids && units instanceof Long[] amounts) {
      for (int i = 0; i < ids.length; i++) {
        legs.add(new Leg(new AccountId(ids[i]), amounts[i]));
      }
    }
    return List.copyOf(legs);
  }
}
