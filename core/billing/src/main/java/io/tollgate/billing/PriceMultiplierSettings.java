package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What operators set of multipliers. The tenant's and the user's multiply each other; both stand in
 * the price version of every request they apply to. Every process sells by them within a second of
 * the commit.
 */
public interface PriceMultiplierSettings {
  /**
   * Sets the one of the tenant, or of the user.
   *
   * @param multiplier 0 to 10, at most 4 decimals; 0 is for nothing, 1 the list price
   * @param admin who wants it
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} for another multiplier; {@code
   *     NOT_FOUND} or {@code USER_NOT_FOUND} when there is no such tenant or user
   */
  PriceMultiplierSetting set(
      Transaction transaction,
      TenantId tenant,
      Optional<UserId> user,
      BigDecimal multiplier,
      OptionalLong admin);

  /**
   * Takes it away: the list price holds again.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  void remove(Transaction transaction, long id);

  /** All of them, the oldest first. */
  ListPage<PriceMultiplierSetting> list(
      Transaction transaction, PriceMultiplierFilter filter, ListRequest request);
}
