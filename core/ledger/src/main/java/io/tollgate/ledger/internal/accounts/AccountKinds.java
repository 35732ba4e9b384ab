package io.tollgate.ledger.internal.accounts;

import io.tollgate.ledger.AccountKind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What follows from an account's kind. */
public final class AccountKinds {
  /** Shards of a hot account, all opened with it. */
  public static final int SHARDS = 8;

  private static final Map<String, AccountKind> BY_CODE =
      Arrays.stream(AccountKind.values())
          .collect(Collectors.toUnmodifiableMap(AccountKind::code, kind -> kind));

  private AccountKinds() {}

  /** Whether everybody's transfers meet on it, so that it is spread over shards. */
  static boolean hot(AccountKind kind) {
    return switch (kind) {
      case REVENUE,
          POINT_DUE,
          PROFIT_POOL,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          true;
      case BALANCE,
          GRANT,
          GIFT,
          OWED,
          LIMIT,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_OWED,
          REWARD ->
          false;
    };
  }

  static OptionalLong floor(AccountKind kind) {
    return switch (kind) {
      case BALANCE,
          GRANT,
          GIFT,
          REVENUE,
          LIMIT,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_DUE,
          PROFIT_POOL,
          REWARD ->
          OptionalLong.of(0);
      case OWED, POINT_OWED, WORLD_PAYMENTS, WORLD_GRANTS, WORLD_UPSTREAM, WORLD_LIMITS ->
          OptionalLong.empty();
    };
  }

  public static AccountKind parse(String code) {
    return Optional.ofNullable(BY_CODE.get(code))
        .orElseThrow(() -> new IllegalStateException("unknown account kind: " + code));
  }
}
