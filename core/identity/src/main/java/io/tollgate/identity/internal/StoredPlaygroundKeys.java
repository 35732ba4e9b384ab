package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.API_KEY;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.ApiKeys.IssuedKey;
import io.tollgate.identity.KeyTerms;
import io.tollgate.identity.PlaygroundKeys;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.schema.identity.tables.records.ApiKeyRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** One row for each session, which gets another secret each time. */
final class StoredPlaygroundKeys implements PlaygroundKeys {
  private final Transactions transactions;
  private final RandomText text;
  private final InstantSource clock;
  private final Consumer<SecretHash> changed;

  StoredPlaygroundKeys(
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
  public PlaygroundKey issue(InSession session) {
    String secret = SecretShape.API_KEY.make(text);
    Instant now = InputChecks.now(clock);
    Instant end = now.plus(LIFE);
    Issued issued =
        transactions.write(
            transaction ->
                renew(transaction, session, secret, end)
                    .or(() -> insert(transaction, session, secret, end))
                    // another page of the session was faster
                    .or(() -> renew(transaction, session, secret, end))
                    .orElseThrow(
                        () -> new Refusal(ErrorCode.CONFLICT, "the session makes a key already")));
    issued.before.ifPresent(changed);
    return new PlaygroundKey(new IssuedKey(issued.id, secret), end);
  }

  private Optional<Issued> renew(
      Transaction transaction, InSession session, String secret, Instant end) {
    return transaction
        .sql()
        .selectFrom(API_KEY)
        .where(API_KEY.SESSION_ID.eq(session.session()))
        .forUpdate()
        .fetchOptional()
        .map(
            row -> {
              SecretHash before = SecretHash.of(ByteBuffer.wrap(row.getSecretHash()));
              put(row, secret, end);
              int _ = row.update();
              return new Issued(new ApiKeyId(row.getId()), Optional.of(before));
            });
  }

  private Optional<Issued> insert(
      Transaction transaction, InSession session, String secret, Instant end) {
    ApiKeyRecord row = transaction.sql().newRecord(API_KEY);
    put(row, secret, end);
    row.setTenantId(session.user().tenant().value());
    row.setUserId(session.user().user().value());
    row.setSessionId(session.session());
    row.setCreatedAt(InputChecks.now(clock));
    return transaction
        .sql()
        .insertInto(API_KEY)
        .set(row)
        .onConflictDoNothing()
        .returningResult(API_KEY.ID)
        .fetchOptional()
        .map(id -> new Issued(new ApiKeyId(id.value1()), Optional.empty()));
  }

  private void put(ApiKeyRecord row, String secret, Instant end) {
    ApiKeyRecord _ =
        ApiKeyTable.put(
            row, KeyTerms.named(NAME).expiring(Optional.of(end)), InputChecks.now(clock));
    row.setSecretHash(SecretHash.of(secret).bytes());
    row.setPrefix(SecretShape.API_KEY.shownPart(secret));
    row.setActive(true);
  }

  /**
   * @param before the secret that is refused now
   */
  private record Issued(ApiKeyId id, Optional<SecretHash> before) {}
}
