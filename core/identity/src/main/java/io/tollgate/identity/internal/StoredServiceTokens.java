package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.SERVICE_TOKEN;
import static io.tollgate.schema.identity.Tables.TENANT;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.ServiceTokens;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Service tokens in PostgreSQL, remembered in this process. */
public final class StoredServiceTokens implements ServiceTokens {
  private final Transactions transactions;
  private final RandomText text;
  private final InstantSource clock;
  private final CredentialCache<TenantId> cache;

  public StoredServiceTokens(
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
  public Optional<TenantId> find(String presented) {
    if (!SecretShape.SERVICE_TOKEN.fits(presented)) {
      return Optional.empty();
    }
    return cache.await(SecretHash.of(presented));
  }

  @Override
  public String issue(TenantId tenant, String name) {
    InputChecks.name("name", name, 64);
    String secret = SecretShape.SERVICE_TOKEN.make(text);
    int made =
        transactions.write(
            transaction -> {
              if (!transaction.sql().fetchExists(TENANT, TENANT.ID.eq(tenant.value()))) {
                throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
              }
              return transaction
                  .sql()
                  .insertInto(SERVICE_TOKEN)
                  .set(SERVICE_TOKEN.TENANT_ID, tenant.value())
                  .set(SERVICE_TOKEN.NAME, name)
                  .set(SERVICE_TOKEN.SECRET_HASH, SecretHash.of(secret).bytes())
                  .set(SERVICE_TOKEN.PREFIX, SecretShape.SERVICE_TOKEN.shownPart(secret))
                  .set(SERVICE_TOKEN.CREATED_AT, InputChecks.now(clock))
                  .execute();
            });
    if (made != 1) {
      throw new IllegalStateException("service tokens made: " + made + " (expected: 1)");
    }
    return secret;
  }

  private Map<SecretHash, TenantId> load(Set<SecretHash> hashes) {
    byte[][] stored = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .select(SERVICE_TOKEN.TENANT_ID, SERVICE_TOKEN.SECRET_HASH)
                .from(SERVICE_TOKEN)
                .join(TENANT)
                .on(TENANT.ID.eq(SERVICE_TOKEN.TENANT_ID))
                .where(SERVICE_TOKEN.SECRET_HASH.eq(any(stored)))
                .and(SERVICE_TOKEN.ACTIVE)
                .and(TENANT.ACTIVE)
                .fetchMap(
                    row -> SecretHash.of(ByteBuffer.wrap(row.value2())),
                    row -> new TenantId(row.value1())));
  }
}
