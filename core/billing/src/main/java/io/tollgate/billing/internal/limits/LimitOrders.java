package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendLimitOrder;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
import java.util.Optional;

/**
 * Checks an ordered limit against the users and keys that exist: another tenant's are not there.
 */
final class LimitOrders {
  private final Tenants tenants;
  private final Users users;
  private final ApiKeys apiKeys;

  LimitOrders(Tenants tenants, Users users, ApiKeys apiKeys) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.apiKeys = requireNonNull(apiKeys, "apiKeys is null");
  }

  /**
   * Which limit is meant.
   *
   * @throws Refusal {@code NOT_FOUND}, {@code USER_NOT_FOUND} or {@code CURRENCY_MISMATCH}
   */
  LimitKey key(Transaction transaction, SpendLimitOrder order) {
    Tenant tenant =
        tenants
            .find(transaction, order.tenant())
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + order.tenant()));
    String currency = order.currency().orElse(tenant.currency().code());
    if (!currency.equals(tenant.currency().code())) {
      throw new Refusal(
          ErrorCode.CURRENCY_MISMATCH,
          "currency: "
              + GivenText.shown(currency)
              + " (expected: "
              + tenant.currency()
              + ", the tenant's currency)");
    }
    return new LimitKey(
        order.tenant(),
        order.scope(),
        user(transaction, order),
        order.key(),
        order.span(),
        tenant.currency());
  }

  /**
   * How much is meant.
   *
   * @throws Refusal {@code INVALID_REQUEST}
   */
  Amount amount(SpendLimitOrder order, Asset currency) {
    Amount amount = Amount.of(currency, order.amount());
    if (amount.isNegative()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "amount: " + amount.toPlainString() + " (expected: 0 or more)");
    }
    return amount;
  }

  private Optional<UserId> user(Transaction transaction, SpendLimitOrder order) {
    return switch (order.scope()) {
      case TENANT -> Optional.empty();
      case USER -> {
        UserId user = order.user().orElseThrow();
        boolean theirs =
            users
                .find(transaction, user)
                .filter(found -> found.tenant().equals(order.tenant()))
                .isPresent();
        if (!theirs) {
          throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
        }
        yield Optional.of(user);
      }
      case KEY -> Optional.of(userOf(transaction, order, order.key().orElseThrow()));
    };
  }

  private UserId userOf(Transaction transaction, SpendLimitOrder order, ApiKeyId key) {
    return apiKeys
        .userOf(transaction, order.tenant(), key)
        .filter(user -> order.user().isEmpty() || order.user().get().equals(user))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.NOT_FOUND,
                    "there is no API key "
                        + key
                        + order.user().map(user -> " of user " + user).orElse("")));
  }
}
