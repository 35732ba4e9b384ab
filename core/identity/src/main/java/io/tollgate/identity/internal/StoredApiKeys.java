package io.tollgate.identity.internal;

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
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.KeyHolder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jooq.Record;

/** API keys in PostgreSQL, remembered in this process. */
public final class StoredApiKeys implements ApiKeys {
  private static final int MAX_PER_MINUTE = 1_000_000;

  private final Transactions transactions;
  private final RandomText text;
  private final InstantSource clock;
  private final CredentialCache<ActiveKey> cache;

  public StoredApiKeys(
      Transactions transactions,
      RandomText text,
      InstantSource clock,
      LongSupplier nanoTime,
      IdentityConfig config) {
    this.transactions = transactions;
    this.text = text;
    this.clock = clock;
    this.cache = new CredentialCache<>(this::load, nanoTime, config);
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
    InputChecks.name("name", name, 64);
    if (requestsPerMinute.isPresent()
        && (requestsPerMinute.getAsInt() < 1 || requestsPerMinute.getAsInt() > MAX_PER_MINUTE)) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "requests_per_minute: "
              + requestsPerMinute.getAsInt()
              + " (expected: 1 to "
              + MAX_PER_MINUTE
              + ")");
    }
    String secret = SecretShape.API_KEY.make(text);
    long id =
        transactions.write(
            transaction -> {
              boolean theirs =
                  transaction
                      .sql()
                      .fetchExists(
                          TENANT_USER,
                          TENANT_USER
                              .ID
                              .eq(user.value())
                              .and(TENANT_USER.TENANT_ID.eq(tenant.value())));
              if (!theirs) {
                throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
              }
              return transaction
                  .sql()
                  .insertInto(API_KEY)
                  .set(API_KEY.TENANT_ID, tenant.value())
                  .set(API_KEY.USER_ID, user.value())
                  .set(API_KEY.NAME, name)
                  .set(API_KEY.SECRET_HASH, SecretHash.of(secret).bytes())
                  .set(API_KEY.PREFIX, SecretShape.API_KEY.shownPart(secret))
                  .set(
                      API_KEY.REQUESTS_PER_MINUTE,
                      requestsPerMinute.isPresent() ? requestsPerMinute.getAsInt() : null)
                  .set(API_KEY.EXPIRES_AT, expiresAt.orElse(null))
                  .set(API_KEY.CREATED_AT, InputChecks.now(clock))
                  .returningResult(API_KEY.ID)
                  .fetchSingle()
                  .value1();
            });
    return new IssuedKey(new ApiKeyId(id), secret);
  }

  @Override
  public void disable(TenantId tenant, ApiKeyId key) {
    byte[] hash =
        transactions
            .write(
                transaction ->
                    transaction
                        .sql()
                        .update(API_KEY)
                        .set(API_KEY.ACTIVE, false)
                        .where(API_KEY.ID.eq(key.value()))
                        .and(API_KEY.TENANT_ID.eq(tenant.value()))
                        .returning(API_KEY.SECRET_HASH)
                        .fetchOptional(API_KEY.SECRET_HASH))
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + key));
    cache.forget(SecretHash.of(ByteBuffer.wrap(hash)));
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
    return key.filter(k -> k.expiresAt().isEmpty() || clock.instant().isBefore(k.expiresAt().get()))
        .map(ActiveKey::holder);
  }

  private Map<SecretHash, ActiveKey> load(Set<SecretHash> hashes) {
    byte[][] stored = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .select(
                    API_KEY.SECRET_HASH,
                    API_KEY.ID,
                    API_KEY.TENANT_ID,
                    API_KEY.USER_ID,
                    TENANT_USER.EXTERNAL_ID,
                    TENANT.CURRENCY,
                    API_KEY.REQUESTS_PER_MINUTE,
                    API_KEY.EXPIRES_AT)
                .from(API_KEY)
                .join(TENANT_USER)
                .on(TENANT_USER.ID.eq(API_KEY.USER_ID))
                .and(TENANT_USER.TENANT_ID.eq(API_KEY.TENANT_ID))
                .join(TENANT)
                .on(TENANT.ID.eq(API_KEY.TENANT_ID))
                .where(API_KEY.SECRET_HASH.eq(any(stored)))
                .and(API_KEY.ACTIVE)
                .and(TENANT_USER.ACTIVE)
                .and(TENANT.ACTIVE)
                .fetchMap(
                    row -> SecretHash.of(ByteBuffer.wrap(row.get(API_KEY.SECRET_HASH))),
                    StoredApiKeys::activeKey));
  }

  private static ActiveKey activeKey(Record row) {
    Integer perMinute = row.get(API_KEY.REQUESTS_PER_MINUTE);
    return new ActiveKey(
        new KeyHolder(
            new ApiKeyId(row.get(API_KEY.ID)),
            new TenantId(row.get(API_KEY.TENANT_ID)),
            new UserId(row.get(API_KEY.USER_ID)),
            row.get(TENANT_USER.EXTERNAL_ID),
            Asset.money(row.get(TENANT.CURRENCY)),
            perMinute == null ? OptionalInt.empty() : OptionalInt.of(perMinute)),
        Optional.ofNullable(row.get(API_KEY.EXPIRES_AT)));
  }

  private record ActiveKey(KeyHolder holder, Optional<Instant> expiresAt) {}
}
