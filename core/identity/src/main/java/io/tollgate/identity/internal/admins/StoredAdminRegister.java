package io.tollgate.identity.internal.admins;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SESSION;
import static io.tollgate.schema.identity.Tables.TOTP;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRegister;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.schema.identity.tables.records.AdminRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The register of administrators in PostgreSQL. */
public final class StoredAdminRegister implements AdminRegister {
  private final ArgonPasswords passwords;
  private final InstantSource clock;

  public StoredAdminRegister(ArgonPasswords passwords, InstantSource clock) {
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public ListPage<Admin> list(Transaction transaction, AdminFilter filter, ListRequest request) {
    Condition condition = condition(filter);
    Condition from =
        request.cursor().map(cursor -> condition.and(ADMIN.ID.lt(parse(cursor)))).orElse(condition);
    return ListPage.of(
        read(transaction, from, request.offset(), request.limit()),
        request,
        admin -> admin.id().toString(),
        () -> transaction.sql().fetchCount(ADMIN, condition));
  }

  @Override
  public Optional<Admin> find(Transaction transaction, AdminId admin) {
    return read(transaction, ADMIN.ID.eq(admin.value()), 0, 1).stream().findFirst();
  }

  @Override
  public Admin change(
      Transaction transaction,
      AdminId admin,
      String nickname,
      AdminRole role,
      Optional<String> email) {
    InputChecks.name("nickname", nickname, 64);
    Optional<String> address = email.map(given -> EmailAddress.parse(given).value());
    AdminRecord row = locked(transaction, admin);
    if (role != AdminRole.OWNER) {
      requireAnotherOwner(transaction, row);
    }
    address.ifPresent(
        given -> {
          if (transaction
              .sql()
              .fetchExists(ADMIN, ADMIN.EMAIL.eq(given).and(ADMIN.ID.ne(admin.value())))) {
            throw new Refusal(
                ErrorCode.CONFLICT, "email: " + given + " (expected: not another admin's)");
          }
        });
    int _ =
        transaction
            .sql()
            .update(ADMIN)
            .set(ADMIN.NICKNAME, nickname)
            .set(ADMIN.ROLE, role.name())
            .set(ADMIN.EMAIL, address.orElse(null))
            .where(ADMIN.ID.eq(admin.value()))
            .execute();
    return find(transaction, admin).orElseThrow(() -> unknown(admin));
  }

  @Override
  public Admin setActive(Transaction transaction, AdminId admin, boolean active) {
    AdminRecord row = locked(transaction, admin);
    if (!active) {
      requireAnotherOwner(transaction, row);
      int _ = endSessions(transaction, admin);
    }
    int _ =
        transaction
            .sql()
            .update(ADMIN)
            .set(ADMIN.ACTIVE, active)
            .where(ADMIN.ID.eq(admin.value()))
            .execute();
    return find(transaction, admin).orElseThrow(() -> unknown(admin));
  }

  @Override
  public void setPassword(Transaction transaction, AdminId admin, String password) {
    AdminRecord row = locked(transaction, admin);
    int _ =
        transaction
            .sql()
            .update(ADMIN)
            .set(ADMIN.PASSWORD_HASH, passwords.hash(password))
            .where(ADMIN.ID.eq(row.getId()))
            .execute();
    int _ = endSessions(transaction, admin);
  }

  @Override
  public int endSessions(Transaction transaction, AdminId admin) {
    return AdminSessions.revoke(transaction, admin, DSL.noCondition(), InputChecks.now(clock));
  }

  /** All owners are locked, in one order: of two that would both go, the second sees it. */
  private static AdminRecord locked(Transaction transaction, AdminId admin) {
    return transaction
        .sql()
        .selectFrom(ADMIN)
        .where(ADMIN.ROLE.eq(AdminRole.OWNER.name()))
        .or(ADMIN.ID.eq(admin.value()))
        .orderBy(ADMIN.ID)
        .forUpdate()
        .fetch()
        .stream()
        .filter(row -> row.getId() == admin.value())
        .findFirst()
        .orElseThrow(() -> unknown(admin));
  }

  private static void requireAnotherOwner(Transaction transaction, AdminRecord row) {
    boolean owns = row.getActive() && row.getRole().equals(AdminRole.OWNER.name());
    boolean others =
        transaction
            .sql()
            .fetchExists(
                ADMIN,
                ADMIN
                    .ROLE
                    .eq(AdminRole.OWNER.name())
                    .and(ADMIN.ACTIVE)
                    .and(ADMIN.ID.ne(row.getId())));
    if (owns && !others) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          row.getUsername() + " is the last owner (expected: another one stays)");
    }
  }

  private List<Admin> read(Transaction transaction, Condition condition, int offset, int limit) {
    Instant now = InputChecks.now(clock);
    var open =
        DSL.field(
            DSL.selectCount()
                .from(ADMIN_SESSION)
                .where(ADMIN_SESSION.ADMIN_ID.eq(ADMIN.ID))
                .and(ADMIN_SESSION.REVOKED_AT.isNull())
                .and(ADMIN_SESSION.EXPIRES_AT.gt(now)));
    var last =
        DSL.field(
            DSL.select(DSL.max(ADMIN_SESSION.CREATED_AT))
                .from(ADMIN_SESSION)
                .where(ADMIN_SESSION.ADMIN_ID.eq(ADMIN.ID)));
    var totp =
        DSL.field(
            DSL.exists(
                DSL.selectOne()
                    .from(TOTP)
                    .where(TOTP.OWNER_KIND.eq("admin"))
                    .and(TOTP.OWNER_ID.eq(ADMIN.ID))
                    .and(TOTP.CONFIRMED_AT.isNotNull())));
    return transaction
        .sql()
        .select(ADMIN.fields())
        .select(open, last, totp)
        .from(ADMIN)
        .where(condition)
        .orderBy(ADMIN.ID.desc())
        .offset(offset)
        .limit(limit)
        .fetch(row -> admin(row, row.get(open), Optional.ofNullable(row.get(last)), row.get(totp)));
  }

  private static Admin admin(Record row, int sessions, Optional<Instant> last, boolean totp) {
    return new Admin(
        new AdminId(row.get(ADMIN.ID)),
        row.get(ADMIN.USERNAME),
        row.get(ADMIN.NICKNAME),
        AdminRole.valueOf(row.get(ADMIN.ROLE)),
        Optional.ofNullable(row.get(ADMIN.EMAIL)),
        row.get(ADMIN.ACTIVE),
        totp,
        sessions,
        last,
        row.get(ADMIN.CREATED_AT));
  }

  private static Condition condition(AdminFilter filter) {
    Condition condition = DSL.noCondition();
    if (filter.role().isPresent()) {
      condition = condition.and(ADMIN.ROLE.eq(filter.role().get().name()));
    }
    if (filter.active().isPresent()) {
      condition = condition.and(filter.active().get() ? ADMIN.ACTIVE : DSL.not(ADMIN.ACTIVE));
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

  private static Refusal unknown(AdminId admin) {
    return new Refusal(ErrorCode.NOT_FOUND, "there is no admin " + admin);
  }
}
