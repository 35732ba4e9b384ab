package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.TENANT_USER;
import static io.tollgate.schema.identity.Tables.USER_SESSION;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.UserFilter;
import io.tollgate.identity.UserProfiles;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** Profiles of users in PostgreSQL. */
public final class UserTable implements UserProfiles {
  private final InstantSource clock;

  public UserTable(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<UserProfile> find(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .selectFrom(TENANT_USER)
        .where(TENANT_USER.ID.eq(user.value()))
        .fetchOptional(UserTable::profile);
  }

  @Override
  public ListPage<UserProfile> list(
      Transaction transaction, UserFilter filter, ListRequest request) {
    return ListPage.of(
        query(transaction.sql(), filter, request).fetch(UserTable::profile),
        request,
        profile -> profile.user().id().toString(),
        () -> transaction.sql().fetchCount(TENANT_USER, condition(filter)));
  }

  static ResultQuery<TenantUserRecord> query(
      DSLContext sql, UserFilter filter, ListRequest request) {
    Condition condition = condition(filter);
    if (request.cursor().isPresent()) {
      condition = condition.and(TENANT_USER.ID.lt(parse(request.cursor().get())));
    }
    return sql.selectFrom(TENANT_USER)
        .where(condition)
        .orderBy(TENANT_USER.ID.desc())
        .offset(request.offset())
        .limit(request.limit());
  }

  @Override
  public void setLanguage(Transaction transaction, UserId user, MailLanguage language) {
    int _ =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.LANGUAGE, language.code())
            .where(TENANT_USER.ID.eq(user.value()))
            .execute();
  }

  @Override
  public void setActive(Transaction transaction, UserId user, boolean active) {
    if (!active && isRoot(transaction, user)) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the user is the tenant itself (expected: another user)");
    }
    if (active && isDeleted(transaction, user)) {
      throw new Refusal(
          ErrorCode.CONFLICT, "the user has deleted the account (expected: one that is there)");
    }
    int changed =
        transaction
            .sql()
            .update(TENANT_USER)
            .set(TENANT_USER.ACTIVE, active)
            .where(TENANT_USER.ID.eq(user.value()))
            .execute();
    if (changed == 0) {
      throw new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
    }
    if (!active) {
      int _ =
          transaction
              .sql()
              .update(USER_SESSION)
              .set(USER_SESSION.REVOKED_AT, InputChecks.now(clock))
              .where(USER_SESSION.USER_ID.eq(user.value()))
              .and(USER_SESSION.REVOKED_AT.isNull())
              .execute();
    }
  }

  private static boolean isRoot(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .fetchExists(TENANT_USER, TENANT_USER.ID.eq(user.value()).and(TENANT_USER.IS_ROOT));
  }

  private static boolean isDeleted(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .fetchExists(
            TENANT_USER, TENANT_USER.ID.eq(user.value()).and(TENANT_USER.DELETED_AT.isNotNull()));
  }

  private static Condition condition(UserFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.tenant().isPresent()) {
      condition = condition.and(TENANT_USER.TENANT_ID.eq(filter.tenant().get().value()));
    }
    if (filter.user().isPresent()) {
      condition = condition.and(TENANT_USER.ID.eq(filter.user().get().value()));
    }
    if (filter.externalId().isPresent()) {
      condition = condition.and(TENANT_USER.EXTERNAL_ID.eq(filter.externalId().get()));
    }
    if (filter.email().isPresent()) {
      String beginning = filter.email().get().toLowerCase(Locale.ROOT);
      condition =
          condition.and(
              TENANT_USER.EMAIL.like(
                  beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
                  '\\'));
    }
    if (filter.inviteCode().isPresent()) {
      condition =
          condition.and(
              TENANT_USER.INVITE_CODE.eq(filter.inviteCode().get().toUpperCase(Locale.ROOT)));
    }
    if (filter.inviter().isPresent()) {
      condition = condition.and(TENANT_USER.INVITER_ID.eq(filter.inviter().get().value()));
    }
    if (filter.active().isPresent()) {
      condition =
          condition.and(filter.active().get() ? TENANT_USER.ACTIVE : DSL.not(TENANT_USER.ACTIVE));
    }
    return condition;
  }

  private static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }

  private static UserProfile profile(TenantUserRecord row) {
    return new UserProfile(
        StoredUsers.user(row),
        Optional.ofNullable(row.getEmailVerifiedAt()),
        Optional.ofNullable(row.getLanguage()).flatMap(MailLanguage::find),
        Optional.ofNullable(row.getInviterId()).map(UserId::new),
        Optional.ofNullable(row.getLastLoginAt()));
  }
}
