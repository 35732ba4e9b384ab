package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.API_KEY;
import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.ApiKeys.IssuedKey;
import io.tollgate.identity.KeyRegister;
import io.tollgate.identity.KeyTerms;
import io.tollgate.schema.identity.tables.records.ApiKeyRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Keeps API keys in PostgreSQL, and tells this process's memory of them what has changed. */
public final class StoredKeyRegister implements KeyRegister {
  private final Transactions transactions;
  private final RandomText text;
  private final InstantSource clock;
  private final Consumer<SecretHash> changed;

  StoredKeyRegister(
      Transactions transactions,
      RandomText text,
      InstantSource clock,
      Consumer<SecretHash> changed) {
    this.transactions = transactions;
    this.text = text;
    this.clock = clock;
    this.changed = changed;
  }

  @Override
  public ListPage<ApiKey> list(Transaction transaction, ApiKeyFilter filter, ListRequest request) {
    return ApiKeyTable.page(transaction, filter, request);
  }

  @Override
  public Optional<ApiKey> find(ApiKeyId key) {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .selectFrom(API_KEY)
                .where(API_KEY.ID.eq(key.value()))
                .fetchOptional(ApiKeyTable::read));
  }

  @Override
  public IssuedKey issue(TenantId tenant, UserId user, KeyTerms terms) {
    requireToCome(terms.expiresAt());
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
              Instant now = InputChecks.now(clock);
              ApiKeyRecord row = ApiKeyTable.put(transaction.sql().newRecord(API_KEY), terms, now);
              row.setTenantId(tenant.value());
              row.setUserId(user.value());
              row.setSecretHash(SecretHash.of(secret).bytes());
              row.setPrefix(SecretShape.API_KEY.shownPart(secret));
              row.setCreatedAt(now);
              return transaction
                  .sql()
                  .insertInto(API_KEY)
                  .set(row)
                  .returningResult(API_KEY.ID)
                  .fetchSingle()
                  .value1();
            });
    return new IssuedKey(new ApiKeyId(id), secret);
  }

  @Override
  public ApiKey change(ApiKeyId key, UnaryOperator<KeyTerms> change) {
    return edit(
        key, row -> ApiKeyTable.put(row, change.apply(ApiKeyTable.read(row).terms()), now()));
  }

  @Override
  public ApiKey setEnabled(ApiKeyId key, boolean enabled) {
    return edit(
        key,
        row -> {
          row.setActive(enabled);
          row.setUpdatedAt(now());
        });
  }

  @Override
  public IssuedKey rotate(ApiKeyId key, Duration grace) {
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw GivenText.refused(
          "grace_seconds",
          Long.toString(grace.toSeconds()),
          "a whole number from 0 to " + MAX_GRACE.toSeconds());
    }
    String secret = SecretShape.API_KEY.make(text);
    ApiKey rotated =
        edit(
            key,
            row -> {
              Instant now = now();
              row.setRetiringHash(grace.isZero() ? null : row.getSecretHash());
              row.setRetiringUntil(grace.isZero() ? null : now.plus(grace));
              row.setSecretHash(SecretHash.of(secret).bytes());
              row.setPrefix(SecretShape.API_KEY.shownPart(secret));
              row.setUpdatedAt(now);
            });
    return new IssuedKey(rotated.id(), secret);
  }

  private ApiKey edit(ApiKeyId key, Consumer<ApiKeyRecord> change) {
    Edited edited =
        transactions.write(
            transaction -> {
              ApiKeyRecord row =
                  transaction
                      .sql()
                      .selectFrom(API_KEY)
                      .where(API_KEY.ID.eq(key.value()))
                      .forUpdate()
                      .fetchOptional()
                      .orElseThrow(
                          () -> new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + key));
              List<SecretHash> before = hashes(row);
              change.accept(row);
              int _ = row.update();
              return new Edited(before, ApiKeyTable.read(row));
            });
    edited.before.forEach(changed);
    return edited.after;
  }

  private static List<SecretHash> hashes(ApiKeyRecord row) {
    List<SecretHash> hashes = new ArrayList<>();
    hashes.add(SecretHash.of(ByteBuffer.wrap(row.getSecretHash())));
    if (row.getRetiringHash() != null) {
      hashes.add(SecretHash.of(ByteBuffer.wrap(row.getRetiringHash())));
    }
    return hashes;
  }

  private void requireToCome(Optional<Instant> expiresAt) {
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
      throw GivenText.refused("expires_at", expiresAt.get().toString(), "a time to come");
    }
  }

  private Instant now() {
    return InputChecks.now(clock);
  }

  /** A key after a change, and the secrets by which it was known before. */
  private record Edited(List<SecretHash> before, ApiKey after) {}
}
