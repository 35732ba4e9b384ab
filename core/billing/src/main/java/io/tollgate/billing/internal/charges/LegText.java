package io.tollgate.billing.internal.charges;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Accounts alone, as PostgreSQL writes an array. */
  static String array(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::toString).collect(Collectors.joining(",", "{", "}"));
  }

  static List<AccountId> accounts(@Nullable Object array) {
    return array instanceof Long[] ids
        ? Arrays.stream(ids).map(AccountId::new).toList()
        : List.of();
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
