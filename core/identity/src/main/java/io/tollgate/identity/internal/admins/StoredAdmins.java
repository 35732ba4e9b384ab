package io.tollgate.identity.internal.admins;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static io.tollgate.schema.identity.Tables.ADMIN_SESSION;
import static org.jooq.impl.DSL.lower;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminLogin;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.UserSessions.OpenSession;
import io.tollgate.identity.internal.AddressThrottle;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.LoginFailures;
import io.tollgate.identity.internal.LoginPair;
import io.tollgate.identity.internal.OwnerOnlyFile;
import io.tollgate.identity.internal.PairLocks;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.schema.identity.tables.records.AdminRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jooq.Condition;

/** Administrators in PostgreSQL. */
public final class StoredAdmins implements Admins {
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final String FIRST_USERNAME = "admin";
  // a number of our own among advisory locks
  private static final long FIRST_ADMIN_LOCK = 0x746f6c6c_61646d69L;

  private final Transactions transactions;
  private final ArgonPasswords passwords;
  private final LoginFailures failures;
  private final AddressThrottle throttle;
  private final AdminDoor door;
  private final RandomText text;
  private final InstantSource clock;
  private final PairLocks pairs = new PairLocks();

  public StoredAdmins(
      Transactions transactions,
      ArgonPasswords passwords,
      LoginFailures failures,
      AddressThrottle throttle,
      AdminDoor door,
      RandomText text,
      InstantSource clock) {
    this.transactions = transactions;
    this.passwords = passwords;
    this.failures = failures;
    this.throttle = throttle;
    this.door = door;
    this.text = text;
    this.clock = clock;
  }

  @Override
  public AdminSession login(AdminLogin login, SignInOrigin origin) {
    LoginPair pair = LoginPair.of(login.username(), origin.address());
    return throttle.pass(
        pair,
        () ->
            pairs.alone(
                pair,
                () -> {
                  AdminRecord row = checked(login.username(), login.password(), pair);
                  AdminId admin = new AdminId(row.getId());
                  boolean complete;
                  try {
                    complete = door.takesFactor(admin, login.code());
                  } catch (Refusal refusal) {
                    if (refusal.code() == ErrorCode.INVALID_CREDENTIALS) {
                      failures.count(pair);
                    }
                    throw refusal;
                  }
                  return door.open(
                      admin, origin, complete, transaction -> failures.forget(transaction, pair));
                }));
  }

  @Override
  public Optional<Principal.OfAdmin> identify(String token) {
    return door.holder(token).filter(InSession::complete).map(InSession::admin);
  }

  @Override
  public Optional<InSession> identifyAny(String token) {
    return door.holder(token);
  }

  @Override
  public AdminSession refresh(String token, SignInOrigin origin) {
    InSession session = door.holder(token).orElseThrow(AdminDoor::noSession);
    return door.open(
        session.admin().admin(),
        origin,
        session.complete(),
        transaction -> {
          if (!AdminSessions.revoke(transaction, session.session(), InputChecks.now(clock))) {
            // of two at once, one has it
            throw AdminDoor.noSession();
          }
        });
  }

  @Override
  public void logout(String token) {
    door.session(token)
        .ifPresent(
            session -> {
              boolean _ =
                  transactions.write(
                      transaction ->
                          AdminSessions.revoke(transaction, session, InputChecks.now(clock)));
            });
  }

  @Override
  public List<OpenSession> sessions(AdminId admin) {
    Instant now = InputChecks.now(clock);
    return transactions.read(transaction -> AdminSessions.list(transaction, admin, now));
  }

  @Override
  public boolean endSession(AdminId admin, UUID session) {
    return transactions.write(
            transaction ->
                AdminSessions.revoke(
                    transaction, admin, ADMIN_SESSION.ID.eq(session), InputChecks.now(clock)))
        == 1;
  }

  @Override
  public void complete(UUID session) {
    var _ =
        transactions.write(
            transaction -> {
              AdminSessions.complete(transaction, session);
              return session;
            });
  }

  @Override
  public void changePassword(String token, String current, String replacement, String address) {
    InSession session = door.holder(token).orElseThrow(AdminDoor::noSession);
    LoginPair pair = LoginPair.of(session.admin().username(), address);
    var _ =
        throttle.pass(
            pair,
            () ->
                pairs.alone(
                    pair,
                    () -> {
                      AdminRecord row = checked(session.admin().username(), current, pair);
                      replace(row, passwords.hash(replacement), session.session(), pair);
                      return session;
                    }));
  }

  @Override
  public boolean exists(Transaction transaction, String username) {
    return USERNAME.matcher(username).matches()
        && transaction.sql().fetchExists(ADMIN, isNamed(username));
  }

  @Override
  public AdminId create(
      Transaction transaction, String username, String nickname, String password, AdminRole role) {
    if (!USERNAME.matcher(username).matches()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "username: " + GivenText.shown(username) + " (expected: 1 to 64 of A-Z a-z 0-9 . _ @ -)");
    }
    InputChecks.name("nickname", nickname, 64);
    return transaction
        .sql()
        .insertInto(ADMIN)
        .set(ADMIN.USERNAME, username)
        .set(ADMIN.NICKNAME, nickname)
        .set(ADMIN.PASSWORD_HASH, passwords.hash(password))
        .set(ADMIN.ROLE, role.name())
        .set(ADMIN.CREATED_AT, InputChecks.now(clock))
        .onConflictDoNothing()
        .returning(ADMIN.ID)
        .fetchOptional(row -> new AdminId(row.getId()))
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.CONFLICT,
                    "username: " + username + " (expected: not yet used by another admin)"));
  }

  @Override
  public Optional<String> createFirst(Path passwordFile) {
    return transactions.write(
        transaction -> {
          var _ = transaction.sql().fetch("select pg_advisory_xact_lock({0})", FIRST_ADMIN_LOCK);
          if (transaction.sql().fetchExists(ADMIN)) {
            return Optional.empty();
          }
          String password = text.password();
          create(transaction, FIRST_USERNAME, "Administrator", password, AdminRole.OWNER);
          // before the commit: a file without its admin is written anew, an admin without it is
          // lost
          OwnerOnlyFile.create(passwordFile, password + "\n");
          return Optional.of(password);
        });
  }

  private void replace(AdminRecord row, String hash, UUID session, LoginPair pair) {
    int changed =
        transactions.write(
            transaction -> {
              failures.forget(transaction, pair);
              AdminSessions.revokeOthers(
                  transaction, new AdminId(row.getId()), session, InputChecks.now(clock));
              return setHash(transaction, row.getId(), hash);
            });
    if (changed != 1) {
      throw AdminDoor.noSession();
    }
  }

  private static int setHash(Transaction transaction, long admin, String hash) {
    return transaction
        .sql()
        .update(ADMIN)
        .set(ADMIN.PASSWORD_HASH, hash)
        .where(ADMIN.ID.eq(admin))
        .execute();
  }

  /** The administrator whose name and password these are; a failure is counted. */
  private AdminRecord checked(String username, String password, LoginPair pair) {
    failures.refuseLocked(pair);
    Optional<AdminRecord> row =
        USERNAME.matcher(username).matches()
            ? transactions.read(
                transaction ->
                    transaction
                        .sql()
                        .selectFrom(ADMIN)
                        .where(isNamed(username))
                        .and(ADMIN.ACTIVE)
                        .fetchOptional())
            : Optional.empty();
    if (!passwords.matches(password, row.map(AdminRecord::getPasswordHash))) {
      failures.count(pair);
      throw new Refusal(ErrorCode.INVALID_CREDENTIALS, "user name or password is wrong");
    }
    AdminRecord found = row.orElseThrow();
    if (passwords.isOutdated(found.getPasswordHash())) {
      // or who measures would tell names that exist from names that do not by the older work
      String hash = passwords.hash(password);
      int _ = transactions.write(transaction -> setHash(transaction, found.getId(), hash));
    }
    return found;
  }

  private static Condition isNamed(String username) {
    return lower(ADMIN.USERNAME).eq(username.toLowerCase(Locale.ROOT));
  }
}
