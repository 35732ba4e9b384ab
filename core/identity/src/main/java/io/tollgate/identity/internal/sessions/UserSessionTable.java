package io.tollgate.identity.internal.sessions;

import static io.tollgate.schema.identity.Tables.TENANT;
import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static io.tollgate.schema.identity.Tables.USER_SESSION;
import static org.jooq.impl.DSL.any;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.UserSessions.OpenSession;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The table of users' sessions. */
final class UserSessionTable {
  private UserSessionTable() {}

  static void insert(
      Transaction transaction,
      UUID session,
      Principal.OfUser user,
      SignInMethod method,
      SignInOrigin origin,
      Instant now,
      Instant expiresAt) {
    int _ =
        transaction
            .sql()
            .insertInto(USER_SESSION)
            .set(USER_SESSION.ID, session)
            .set(USER_SESSION.TENANT_ID, user.tenant().value())
            .set(USER_SESSION.USER_ID, user.user().value())
            .set(USER_SESSION.METHOD, method.code())
            .set(USER_SESSION.DEVICE, origin.device())
            .set(USER_SESSION.ADDRESS, origin.address())
            .set(USER_SESSION.CREATED_AT, now)
            .set(USER_SESSION.LAST_SEEN_AT, now)
            .set(USER_SESSION.EXPIRES_AT, expiresAt)
            .execute();
  }

  /** Ends the oldest beyond a number, and says when the user came last. */
  static void tidy(Transaction transaction, Principal.OfUser user, int max, Instant now) {
    int _ =
        transaction
            .sql()
            .update(USER_SESSION)
            .set(USER_SESSION.REVOKED_AT, now)
            .where(
                USER_SESSION.ID.in(
                    transaction
                        .sql()
                        .select(USER_SESSION.ID)
                        .from(USER_SESSION)
                        .where(isOpenOf(user.tenant(), user.user(), now))
                        .orderBy(USER_SESSION.CREATED_AT.desc())
                        .offset(max)))
            .execute();
    int _ =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.LAST_LOGIN_AT, now)
            .where(TENANT_USER.ID.eq(user.user().value()))
            .execute();
  }

  /** Those that are open, by their ids. */
  static Map<UUID, Found> find(Transaction transaction, Set<UUID> sessions, Instant now) {
    return open(transaction, sessions, now)
        .fetchMap(row -> row.get(USER_SESSION.ID), UserSessionTable::found);
  }

  /** One that is open, until the end of the transaction nobody else's. */
  static Optional<Found> lock(Transaction transaction, UUID session, Instant now) {
    return open(transaction, Set.of(session), now)
        .forUpdate()
        .of(USER_SESSION)
        .fetchOptional()
        .map(UserSessionTable::found);
  }

  private static org.jooq.SelectConditionStep<? extends Record> open(
      Transaction transaction, Set<UUID> sessions, Instant now) {
    return transaction
        .sql()
        .select(
            USER_SESSION.ID,
            USER_SESSION.TENANT_ID,
            USER_SESSION.USER_ID,
            TENANT_USER.EXTERNAL_ID,
            USER_SESSION.REFRESHES,
            USER_SESSION.LAST_SEEN_AT,
            USER_SESSION.EXPIRES_AT)
        .from(USER_SESSION)
        .join(TENANT_USER)
        .on(TENANT_USER.ID.eq(USER_SESSION.USER_ID))
        .join(TENANT)
        .on(TENANT.ID.eq(USER_SESSION.TENANT_ID))
        .where(USER_SESSION.ID.eq(any(sessions.toArray(UUID[]::new))))
        .and(USER_SESSION.REVOKED_AT.isNull())
        .and(USER_SESSION.EXPIRES_AT.gt(now))
        .and(TENANT_USER.ACTIVE)
        .and(TENANT.ACTIVE);
  }

  private static Found found(Record row) {
    return new Found(
        new Principal.OfUser(
            new TenantId(row.get(USER_SESSION.TENANT_ID)),
            new UserId(row.get(USER_SESSION.USER_ID)),
            row.get(TENANT_USER.EXTERNAL_ID)),
        row.get(USER_SESSION.REFRESHES),
        row.get(USER_SESSION.LAST_SEEN_AT),
        row.get(USER_SESSION.EXPIRES_AT));
  }

  static void refreshed(Transaction transaction, UUID session, SignInOrigin origin, Instant now) {
    int _ =
        transaction
            .sql()
            .update(USER_SESSION)
            .set(USER_SESSION.REFRESHES, USER_SESSION.REFRESHES.plus(1))
            .set(USER_SESSION.LAST_SEEN_AT, now)
            .set(USER_SESSION.ADDRESS, origin.address())
            .set(USER_SESSION.DEVICE, origin.device())
            .where(USER_SESSION.ID.eq(session))
            .execute();
  }

  static void renewed(
      Transaction transaction, UUID session, SignInOrigin origin, Instant now, Instant expiresAt) {
    int _ =
        transaction
            .sql()
            .update(USER_SESSION)
            .set(USER_SESSION.EXPIRES_AT, expiresAt)
            .set(USER_SESSION.LAST_SEEN_AT, now)
            .set(USER_SESSION.ADDRESS, origin.address())
            .set(USER_SESSION.DEVICE, origin.device())
            .where(USER_SESSION.ID.eq(session))
            .execute();
  }

  /**
   * Notes that they were used; how many. Those that somebody else holds are left alone: they are
   * noted with the next use.
   */
  static int seen(Transaction transaction, List<UUID> sessions, Instant now) {
    return transaction
        .sql()
        .update(USER_SESSION)
        .set(USER_SESSION.LAST_SEEN_AT, now)
        .where(
            USER_SESSION.ID.in(
                transaction
                    .sql()
                    .select(USER_SESSION.ID)
                    .from(USER_SESSION)
                    .where(USER_SESSION.ID.eq(any(sessions.toArray(UUID[]::new))))
                    .orderBy(USER_SESSION.ID)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  static List<OpenSession> list(
      Transaction transaction, TenantId tenant, UserId user, Instant now, int max) {
    return transaction
        .sql()
        .selectFrom(USER_SESSION)
        .where(isOpenOf(tenant, user, now))
        .orderBy(USER_SESSION.CREATED_AT.desc(), USER_SESSION.ID)
        .limit(max)
        .fetch(
            row ->
                new OpenSession(
                    row.getId(),
                    row.getMethod(),
                    row.getDevice(),
                    row.getAddress(),
                    row.getCreatedAt(),
                    row.getLastSeenAt(),
                    row.getExpiresAt()));
  }

  static int revoke(
      Transaction transaction, TenantId tenant, UserId user, Condition which, Instant now) {
    return transaction
        .sql()
        .update(USER_SESSION)
        .set(USER_SESSION.REVOKED_AT, now)
        .where(isOpenOf(tenant, user, now))
        .and(which)
        .execute();
  }

  static void revoke(Transaction transaction, UUID session, Instant now) {
    int _ =
        transaction
            .sql()
            .update(USER_SESSION)
            .set(USER_SESSION.REVOKED_AT, now)
            .where(USER_SESSION.ID.eq(session))
            .and(USER_SESSION.REVOKED_AT.isNull())
            .execute();
  }

  /** Whether the user had a session from that address lately. */
  static boolean isKnown(Transaction transaction, UserId user, String address, Instant since) {
    return transaction
        .sql()
        .fetchExists(
            DSL.selectOne()
                .from(USER_SESSION)
                .where(USER_SESSION.USER_ID.eq(user.value()))
                .and(USER_SESSION.CREATED_AT.gt(since))
                .and(USER_SESSION.ADDRESS.eq(address)));
  }

  /** Removes what ended before a time; how many. */
  static int purge(Transaction transaction, Instant before, int max) {
    return transaction
        .sql()
        .deleteFrom(USER_SESSION)
        .where(
            USER_SESSION.ID.in(
                transaction
                    .sql()
                    .select(USER_SESSION.ID)
                    .from(USER_SESSION)
                    .where(USER_SESSION.EXPIRES_AT.le(before))
                    .orderBy(USER_SESSION.EXPIRES_AT)
                    .limit(max)
                    .forUpdate()
                    .skipLocked()))
        .execute();
  }

  private static Condition isOpenOf(TenantId tenant, UserId user, Instant now) {
    return USER_SESSION
        .USER_ID
        .eq(user.value())
        .and(USER_SESSION.TENANT_ID.eq(tenant.value()))
        .and(USER_SESSION.REVOKED_AT.isNull())
        .and(USER_SESSION.EXPIRES_AT.gt(now));
  }

  /** An open session. */
  record Found(Principal.OfUser user, long refreshes, Instant lastSeenAt, Instant expiresAt) {}
}
