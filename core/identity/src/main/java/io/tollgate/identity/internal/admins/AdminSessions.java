package io.tollgate.identity.internal.admins;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SESSION;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.UserSessions.OpenSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Rows of open and revoked sessions; expired ones are removed as new ones come. */
final class AdminSessions {
  /** How exactly it is known when a session was used last. */
  static final Duration SEEN = Duration.ofMinutes(1);

  private static final int MAX_PURGED = 1_000;
  private static final int MAX_LISTED = 500;

  private AdminSessions() {}

  static void open(
      Transaction transaction,
      UUID session,
      AdminId admin,
      SignInOrigin origin,
      boolean complete,
      Instant now,
      Instant expiresAt) {
    transaction
        .sql()
        .deleteFrom(ADMIN_SESSION)
        .where(
            ADMIN_SESSION.ID.in(
                transaction
                    .sql()
                    .select(ADMIN_SESSION.ID)
                    .from(ADMIN_SESSION)
                    .where(ADMIN_SESSION.EXPIRES_AT.le(now))
                    .limit(MAX_PURGED)
                    .forUpdate()
                    .skipLocked()))
        .execute();
    transaction
        .sql()
        .insertInto(ADMIN_SESSION)
        .set(ADMIN_SESSION.ID, session)
        .set(ADMIN_SESSION.ADMIN_ID, admin.value())
        .set(ADMIN_SESSION.DEVICE, origin.device())
        .set(ADMIN_SESSION.ADDRESS, origin.address())
        .set(ADMIN_SESSION.COMPLETE, complete)
        .set(ADMIN_SESSION.CREATED_AT, now)
        .set(ADMIN_SESSION.LAST_SEEN_AT, now)
        .set(ADMIN_SESSION.EXPIRES_AT, expiresAt)
        .execute();
  }

  static Optional<Found> find(Transaction transaction, UUID session, Instant now) {
    return transaction
        .sql()
        .select(
            ADMIN.ID,
            ADMIN.USERNAME,
            ADMIN.NICKNAME,
            ADMIN.ROLE,
            ADMIN_SESSION.COMPLETE,
            ADMIN_SESSION.LAST_SEEN_AT)
        .from(ADMIN_SESSION)
        .join(ADMIN)
        .on(ADMIN.ID.eq(ADMIN_SESSION.ADMIN_ID))
        .where(ADMIN_SESSION.ID.eq(session))
        .and(ADMIN_SESSION.REVOKED_AT.isNull())
        .and(ADMIN_SESSION.EXPIRES_AT.gt(now))
        .and(ADMIN.ACTIVE)
        .fetchOptional(
            row ->
                new Found(
                    new Admins.InSession(
                        session,
                        new Principal.OfAdmin(
                            new AdminId(row.value1()),
                            row.value2(),
                            row.value3(),
                            AdminRole.valueOf(row.value4())),
                        row.value5()),
                    Optional.ofNullable(row.value6()).orElse(Instant.EPOCH)));
  }

  static void seen(Transaction transaction, UUID session, Instant now) {
    transaction
        .sql()
        .update(ADMIN_SESSION)
        .set(ADMIN_SESSION.LAST_SEEN_AT, now)
        .where(ADMIN_SESSION.ID.eq(session))
        .execute();
  }

  static void complete(Transaction transaction, UUID session) {
    transaction
        .sql()
        .update(ADMIN_SESSION)
        .set(ADMIN_SESSION.COMPLETE, true)
        .where(ADMIN_SESSION.ID.eq(session))
        .execute();
  }

  static List<OpenSession> list(Transaction transaction, AdminId admin, Instant now) {
    return transaction
        .sql()
        .selectFrom(ADMIN_SESSION)
        .where(isOpenOf(admin, now))
        .orderBy(ADMIN_SESSION.CREATED_AT.desc(), ADMIN_SESSION.ID)
        .limit(MAX_LISTED)
        .fetch(
            row ->
                new OpenSession(
                    row.getId(),
                    "password",
                    row.getDevice(),
                    row.getAddress(),
                    row.getCreatedAt(),
                    Optional.ofNullable(row.getLastSeenAt()).orElse(row.getCreatedAt()),
                    row.getExpiresAt()));
  }

  static int revoke(Transaction transaction, AdminId admin, Condition which, Instant now) {
    return transaction
        .sql()
        .update(ADMIN_SESSION)
        .set(ADMIN_SESSION.REVOKED_AT, now)
        .where(isOpenOf(admin, now))
        .and(which)
        .execute();
  }

  /** Ends one, whoever's it is; whether it was open. */
  static boolean revoke(Transaction transaction, UUID session, Instant now) {
    return transaction
            .sql()
            .update(ADMIN_SESSION)
            .set(ADMIN_SESSION.REVOKED_AT, now)
            .where(ADMIN_SESSION.ID.eq(session))
            .and(ADMIN_SESSION.REVOKED_AT.isNull())
            .execute()
        == 1;
  }

  static void revokeOthers(Transaction transaction, AdminId admin, UUID kept, Instant now) {
    int _ = revoke(transaction, admin, ADMIN_SESSION.ID.ne(kept), now);
  }

  private static Condition isOpenOf(AdminId admin, Instant now) {
    return ADMIN_SESSION
        .ADMIN_ID
        .eq(admin.value())
        .and(ADMIN_SESSION.REVOKED_AT.isNull())
        .and(ADMIN_SESSION.EXPIRES_AT.gt(now));
  }

  /** An open session, and when it was used last. */
  record Found(Admins.InSession holder, Instant lastSeenAt) {}
}
