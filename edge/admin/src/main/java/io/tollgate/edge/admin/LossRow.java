package io.tollgate.edge.admin;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.AccountKey;
import io.tollgate.metering.UnbookedCharges.Loss;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time of a log from which records may be missing, as the admin API shows it.
 *
 * @param bound the most that may be missing, of each asset
 */
record LossRow(
    UUID id,
    UUID incarnation,
    Instant beginsAt,
    Instant endsAt,
    String why,
    List<Bound> bound,
    String state,
    @Nullable Long adminId,
    @Nullable String note,
    Instant createdAt,
    @Nullable Instant closedAt) {
  static LossRow of(Loss loss, Map<AccountId, AccountKey> accounts) {
    return new LossRow(
        loss.log(),
        loss.incarnation(),
        loss.beginsAt(),
        loss.endsAt(),
        loss.why(),
        bounds(loss, accounts),
        loss.state().name().toLowerCase(Locale.ROOT),
        loss.admin().map(AdminId::value).orElse(null),
        loss.note().orElse(null),
        loss.notedAt(),
        loss.closedAt().orElse(null));
  }

  private static List<Bound> bounds(Loss loss, Map<AccountId, AccountKey> accounts) {
    Map<Asset, Long> units = new HashMap<>();
    Map<Asset, Integer> holders = new HashMap<>();
    loss.bound()
        .forEach(
            (id, held) -> {
              AccountKey account = accounts.get(id);
              if (account != null) {
                units.merge(account.asset(), held, Math::addExact);
                holders.merge(account.asset(), 1, Integer::sum);
              }
            });
    return units.entrySet().stream()
        .map(
            each ->
                new Bound(
                    each.getKey().code(),
                    new Amount(each.getKey(), each.getValue()).toDecimal(),
                    holders.getOrDefault(each.getKey(), 0)))
        .sorted(Comparator.comparing(Bound::asset))
        .toList();
  }

  /**
   * The most that may be missing of an asset.
   *
   * @param accounts on how many accounts
   */
  record Bound(String asset, BigDecimal amount, int accounts) {}
}
