package io.tollgate.identity.internal;

import static io.tollgate.schema.identity.Tables.ADMIN;
import static org.jooq.impl.DSL.lower;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.Admins;
import io.tollgate.identity.Principal;
import io.tollgate.schema.identity.tables.records.AdminRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
  private final SessionTokens tokens;
  private final RandomText text;
  private final InstantSource clock;
  private final Duration sessionLength;
  private final PairLocks pairs = new PairLocks();

  public StoredAdmins(
      Transactions transactions,
      ArgonPasswords passwords,
      LoginFailures failures,
      AddressThrottle throttle,
      SessionTokens tokens,
      RandomText text,
      InstantSource clock,
      Duration sessionLength) {
    this.transactions = transactions;
    this.passwords = passwords;
    this.failures = failures;
    this.throttle = throttle;
    this.tokens = tokens;
    this.text = text;
    this.clock = clock;
    this.sessionLength = sessionLength;
  }

  @Override
  public AdminSession login(String username, String password, String address) {
    LoginPair pair = LoginPair.of(username, address);
    return throttle.pass(
        pair, () -> pairs.alone(pair, () -> open(checked(username, password, pair), pair)));
  }

  @Override
  public Optional<Principal.OfAdmin> identify(String token) {
    return tokens.verify(token).flatMap(this::holder);
  }

  @Override
  public void logout(String token) {
    tokens
        .verify(token)
        .ifPresent(
            session -> {
              var _ =
                  transactions.write(
                      transaction -> {
                        AdminSessions.revoke(transaction, session, InputChecks.now(clock));
                        return session;
                      });
            });
  }

  @Override
  public void changePassword(String token, String current, String replacement, String address) {
    UUID session = tokens.verify(token).orElseThrow(StoredAdmins::noSession);
    Principal.OfAdmin admin = holder(session).orElseThrow(StoredAdmins::noSession);
    LoginPair pair = LoginPair.of(admin.username(), address);
    var _ =
        throttle.pass(
            pair,
            () ->
                pairs.alone(
                    pair,
                    () -> {
                      AdminRecord row = checked(admin.username(), current, pair);
                      replace(row, passwords.hash(replacement), session, pair);
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
      throw noSession();
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

  private AdminSession open(AdminRecord row, LoginPair pair) {
    AdminId admin = new AdminId(row.getId());
    UUID session = UUID.randomUUID();
    Instant now = InputChecks.now(clock);
    // JWT counts whole seconds
    Instant expiresAt = now.plus(sessionLength).truncatedTo(ChronoUnit.SECONDS);
    var _ =
        transactions.write(
            transaction -> {
              failures.forget(transaction, pair);
              AdminSessions.open(transaction, session, admin, now, expiresAt);
              return session;
            });
    return new AdminSession(
        admin,
        row.getUsername(),
        row.getNickname(),
        tokens.sign(session, admin, row.getUsername(), expiresAt),
        expiresAt);
  }

  private Optional<Principal.OfAdmin> holder(UUID session) {
    Instant now = InputChecks.now(clock);
    return transactions.read(transaction -> AdminSessions.holder(transaction, session, now));
  }

  private static Condition isNamed(String username) {
    return lower(ADMIN.USERNAME).eq(username.toLowerCase(Locale.ROOT));
  }

  private static Refusal noSession() {
    return new Refusal(ErrorCode.UNAUTHENTICATED, "the token is no open session's");
  }
}
