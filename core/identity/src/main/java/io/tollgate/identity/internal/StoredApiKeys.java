package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ACCESS_TERMS;
import static io.tollgate.schema.identity.Tables.API_KEY;
import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AccessTerms;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.KeyRegister;
import io.tollgate.identity.KeyTerms;
import io.tollgate.identity.PlaygroundKeys;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.ResultQuery;

/** API keys in PostgreSQL, remembered in this process. */
public final class StoredApiKeys implements ApiKeys {
  private final Transactions transactions;
  private final InstantSource clock;
  private final CredentialCache<ActiveKey> cache;
  private final KeyRegister register;
  private final PlaygroundKeys playground;

  public StoredApiKeys(
      Transactions transactions,
      RandomText text,
      InstantSource clock,
      LongSupplier nanoTime,
      IdentityConfig config) {
    this.transactions = transactions;
    this.clock = clock;
    this.cache = new CredentialCache<>(this::load, nanoTime, config);
    this.register = new StoredKeyRegister(transactions, text, clock, cache::forget);
    this.playground = new StoredPlaygroundKeys(transactions, text, clock, cache::forget);
  }

  /** Where keys are made and changed; what is remembered of them here follows at once. */
  public KeyRegister register() {
    return register;
  }

  /** Where sessions get keys of their own. */
  public PlaygroundKeys playground() {
    return playground;
  }

  /** Those remembered, to be told of changes. */
  public CredentialChanges.Listener remembered() {
    return cache;
  }

  @Override
  public CompletionStage<Optional<KeyHolder>> authenticate(String presented) {
    if (!SecretShape.API_KEY.fits(presented)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return cache.get(SecretHash.of(presented)).thenApply(this::unlessExpired);
  }

  @Override
  public Optional<KeyHolder> find(String presented) {
    if (!SecretShape.API_KEY.fits(presented)) {
      return Optional.empty();
    }
    return unlessExpired(cache.await(SecretHash.of(presented)));
  }

  @Override
  public IssuedKey issue(
      TenantId tenant,
      UserId user,
      String name,
      OptionalInt requestsPerMinute,
      Optional<Instant> expiresAt) {
    return register.issue(
        tenant,
        user,
        KeyTerms.named(name).withRates(KeyRates.requests(requestsPerMinute)).expiring(expiresAt));
  }

  @Override
  public void disable(TenantId tenant, ApiKeyId key) {
    if (!register.find(key).map(ApiKey::tenant).equals(Optional.of(tenant))) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + key);
    }
    ApiKey _ = register.setEnabled(key, false);
  }

  @Override
  public Optional<UserId> userOf(Transaction transaction, TenantId tenant, ApiKeyId key) {
    return transaction
        .sql()
        .select(API_KEY.USER_ID)
        .from(API_KEY)
        .where(API_KEY.ID.eq(key.value()))
        .and(API_KEY.TENANT_ID.eq(tenant.value()))
        .fetchOptional(row -> new UserId(row.value1()));
  }

  private Optional<KeyHolder> unlessExpired(Optional<ActiveKey> key) {
    return key.filter(k -> k.until().isEmpty() || clock.instant().isBefore(k.until().get()))
        .map(ActiveKey::holder);
  }

  private Map<SecretHash, ActiveKey> load(Set<SecretHash> hashes) {
    byte[][] stored = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
    Map<SecretHash, ActiveKey> found = new HashMap<>();
    transactions
        .read(transaction -> query(transaction.sql(), stored).fetch())
        .forEach(row -> put(found, row));
    // a key's other secret was not asked for
    found.keySet().retainAll(hashes);
    return found;
  }

  /**
   * The keys that may be used and have one of these hashes, as their secret or as the one before.
   */
  static ResultQuery<? extends Record> query(DSLContext sql, byte[][] hashes) {
    return sql.select(
            API_KEY.SECRET_HASH,
            API_KEY.RETIRING_HASH,
            API_KEY.RETIRING_UNTIL,
            API_KEY.ID,
            API_KEY.TENANT_ID,
            API_KEY.USER_ID,
            TENANT_USER.EXTERNAL_ID,
            TENANT.CURRENCY,
            API_KEY.REQUESTS_PER_MINUTE,
            API_KEY.TOKENS_PER_MINUTE,
            API_KEY.CONCURRENT_MAX,
            API_KEY.MODELS,
            API_KEY.ADDRESSES,
            API_KEY.ACCOUNT_GROUPS,
            API_KEY.EXPIRES_AT,
            ACCESS_TERMS.MODELS,
            ACCESS_TERMS.REQUESTS_PER_MINUTE,
            ACCESS_TERMS.TOKENS_PER_MINUTE,
            ACCESS_TERMS.CONCURRENT_MAX)
        .from(API_KEY)
        .join(TENANT_USER)
        .on(TENANT_USER.ID.eq(API_KEY.USER_ID))
        .and(TENANT_USER.TENANT_ID.eq(API_KEY.TENANT_ID))
        .join(TENANT)
        .on(TENANT.ID.eq(API_KEY.TENANT_ID))
        .leftJoin(ACCESS_TERMS)
        .on(ACCESS_TERMS.ID.eq(TENANT_USER.ACCESS_TERMS_ID))
        .where(API_KEY.SECRET_HASH.eq(any(hashes)).or(API_KEY.RETIRING_HASH.eq(any(hashes))))
        .and(API_KEY.ACTIVE)
        .and(TENANT_USER.ACTIVE)
        .and(TENANT.ACTIVE);
  }

  /** Under both its secrets: the one that retires only as long as it may. */
  private static void put(Map<SecretHash, ActiveKey> found, Record row) {
    KeyHolder holder = holder(row);
    Optional<Instant> expiresAt = Optional.ofNullable(row.get(API_KEY.EXPIRES_AT));
    found.put(hash(row.get(API_KEY.SECRET_HASH)), new ActiveKey(holder, expiresAt));
    if (row.get(API_KEY.RETIRING_HASH) != null) {
      Instant retires = row.get(API_KEY.RETIRING_UNTIL);
      found.put(
          hash(row.get(API_KEY.RETIRING_HASH)),
          new ActiveKey(holder, Optional.of(expiresAt.filter(retires::isAfter).orElse(retires))));
    }
  }

  private static SecretHash hash(byte[] stored) {
    return SecretHash.of(ByteBuffer.wrap(stored));
  }

  private static KeyHolder holder(Record row) {
    AccessTerms terms = StoredUserAccess.read(row);
    return new KeyHolder(
        new ApiKeyId(row.get(API_KEY.ID)),
        new TenantId(row.get(API_KEY.TENANT_ID)),
        new UserId(row.get(API_KEY.USER_ID)),
        row.get(TENANT_USER.EXTERNAL_ID),
        Asset.money(row.get(TENANT.CURRENCY)),
        ApiKeyTable.rates(row),
        terms.rates(),
        ApiKeyTable.models(row).within(terms.models()),
        ApiKeyTable.addresses(row),
        ApiKeyTable.groups(row));
  }

  /** A key that may be used until some time, if there is one. */
  private record ActiveKey(KeyHolder holder, Optional<Instant> until) {}
}
