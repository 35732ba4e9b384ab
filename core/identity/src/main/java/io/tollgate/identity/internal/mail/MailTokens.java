package io.tollgate.identity.internal.mail;

import static io.tollgate.schema.identity.Tables.MAIL_TOKEN;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.internal.SecretHash;
import io.tollgate.identity.internal.mail.MailOrder.Purpose;
import io.tollgate.schema.identity.tables.records.MailTokenRecord;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What links in mails bring back: each good for one purpose, once, for a while. */
public final class MailTokens {
  private MailTokens() {}

  static void insert(
      Transaction transaction, String secret, MailTokenRecord like, Instant now, Instant until) {
    int _ =
        transaction
            .sql()
            .insertInto(MAIL_TOKEN)
            .set(MAIL_TOKEN.TOKEN_HASH, SecretHash.sha256(secret))
            .set(MAIL_TOKEN.PURPOSE, like.getPurpose())
            .set(MAIL_TOKEN.TENANT_ID, like.getTenantId())
            .set(MAIL_TOKEN.EMAIL, like.getEmail())
            .set(MAIL_TOKEN.USER_ID, like.getUserId())
            .set(MAIL_TOKEN.PASSWORD_HASH, like.getPasswordHash())
            .set(MAIL_TOKEN.INVITER_ID, like.getInviterId())
            .set(MAIL_TOKEN.LANGUAGE, like.getLanguage())
            .set(MAIL_TOKEN.CREATED_AT, now)
            .set(MAIL_TOKEN.EXPIRES_AT, until)
            .execute();
  }

  static MailTokenRecord draft(
      Purpose purpose, TenantId tenant, String email, @Nullable Long user, String language) {
    MailTokenRecord draft = new MailTokenRecord();
    draft.setPurpose(purpose.code());
    draft.setTenantId(tenant.value());
    draft.setEmail(email);
    draft.setUserId(user);
    draft.setLanguage(language);
    return draft;
  }

  /** What a token stands for, without using it. */
  public static Optional<MailTokenRecord> find(
      Transaction transaction, String secret, Purpose purpose, Instant now) {
    return transaction
        .sql()
        .selectFrom(MAIL_TOKEN)
        .where(MAIL_TOKEN.TOKEN_HASH.eq(SecretHash.sha256(secret)))
        .and(MAIL_TOKEN.PURPOSE.eq(purpose.code()))
        .and(MAIL_TOKEN.EXPIRES_AT.gt(now))
        .fetchOptional();
  }

  /** Uses a token, and with it all others of its address and purpose; of two at once one does. */
  public static Optional<MailTokenRecord> use(
      Transaction transaction, String secret, Purpose purpose, Instant now) {
    Optional<MailTokenRecord> used =
        transaction
            .sql()
            .deleteFrom(MAIL_TOKEN)
            .where(MAIL_TOKEN.TOKEN_HASH.eq(SecretHash.sha256(secret)))
            .and(MAIL_TOKEN.PURPOSE.eq(purpose.code()))
            .and(MAIL_TOKEN.EXPIRES_AT.gt(now))
            .returning()
            .fetchOptional();
    used.ifPresent(
        token -> endAll(transaction, new TenantId(token.getTenantId()), token.getEmail(), purpose));
    return used;
  }

  /** Ends all of an address and purpose. */
  public static void endAll(
      Transaction transaction, TenantId tenant, String email, Purpose purpose) {
    int _ =
        transaction
            .sql()
            .deleteFrom(MAIL_TOKEN)
            .where(MAIL_TOKEN.TENANT_ID.eq(tenant.value()))
            .and(MAIL_TOKEN.EMAIL.eq(email))
            .and(MAIL_TOKEN.PURPOSE.eq(purpose.code()))
            .execute();
  }

  /** The registration of an address that nobody has, as its last mail has it. */
  static Optional<MailTokenRecord> newest(
      Transaction transaction, TenantId tenant, String email, Instant now) {
    return transaction
        .sql()
        .selectFrom(MAIL_TOKEN)
        .where(MAIL_TOKEN.TENANT_ID.eq(tenant.value()))
        .and(MAIL_TOKEN.EMAIL.eq(email))
        .and(MAIL_TOKEN.PURPOSE.eq(Purpose.VERIFY.code()))
        .and(MAIL_TOKEN.EXPIRES_AT.gt(now))
        .orderBy(MAIL_TOKEN.CREATED_AT.desc())
        .limit(1)
        .fetchOptional();
  }

  static int purge(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .deleteFrom(MAIL_TOKEN)
        .where(
            MAIL_TOKEN.TOKEN_HASH.in(
                transaction
                    .sql()
                    .select(MAIL_TOKEN.TOKEN_HASH)
                    .from(MAIL_TOKEN)
                    .where(MAIL_TOKEN.EXPIRES_AT.le(now))
                    .orderBy(MAIL_TOKEN.EXPIRES_AT)
                    .limit(max)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }
}
