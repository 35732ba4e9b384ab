package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/** Creates and finds tenants, in the caller's transaction. */
public interface Tenants {
  Optional<Tenant> find(Transaction transaction, TenantId id);

  /** The tenant of this name; names are unique. */
  Optional<Tenant> findByName(Transaction transaction, String name);

  /**
   * The keys with which the tenant's merchant system signs its calls; the secret is kept encrypted.
   */
  Optional<MerchantKeys> merchantKeys(Transaction transaction, TenantId id);

  /**
   * Makes a tenant; its API secret is shown this once.
   *
   * @param name 1–100 characters
   * @param currency code of its currency, three to eight capital letters or digits
   * @param monthlyFreeTokens free tokens of every user per month, 0 for none
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when the name is taken; {@code
   *     INVALID_REQUEST} when a part of it is not valid
   */
  NewTenant create(Transaction transaction, String name, String currency, long monthlyFreeTokens);

  /** A new tenant with its merchant keys. */
  record NewTenant(Tenant tenant, String appKey, String appSecret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "NewTenant[tenant=" + tenant + ", appKey=" + appKey + "]";
    }
  }

  /** What a merchant system signs with. */
  record MerchantKeys(String appKey, String appSecret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "MerchantKeys[appKey=" + appKey + "]";
    }
  }
}
