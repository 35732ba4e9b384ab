package io.tollgate.identity.internal.passport;

import static io.tollgate.schema.identity.Tables.TENANT_USER;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.EmailAddress;
import io.tollgate.identity.LoginAttempt;
import io.tollgate.identity.MailLanguage;
import io.tollgate.identity.NamedAccount;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.Passports;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Registration;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.identity.VerifiedUsers;
import io.tollgate.identity.internal.AddressThrottle;
import io.tollgate.identity.internal.ArgonPasswords;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.LoginPair;
import io.tollgate.identity.internal.mail.MailOrder;
import io.tollgate.identity.internal.mail.MailOrder.Purpose;
import io.tollgate.identity.internal.mail.MailTable;
import io.tollgate.identity.internal.mail.MailTokens;
import io.tollgate.identity.internal.sessions.SignInMethod;
import io.tollgate.identity.internal.sessions.StoredUserSessions;
import io.tollgate.schema.identity.tables.records.MailTokenRecord;
import io.tollgate.schema.identity.tables.records.TenantUserRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Registration and sign-in of users over PostgreSQL. */
public final class StoredPassports implements Passports {
  private static final String NO_MAIL = "no mail is set up (expected: mail.smtp.host)";
  private static final Duration HOUR = Duration.ofHours(1);

  private final Transactions transactions;
  private final PassportConfig config;
  private final boolean sendsMail;
  private final Realm realm;
  private final PasswordRules rules;
  private final ArgonPasswords passwords;
  private final RegisteredUsers users;
  private final VerifiedUsers heard;
  private final StoredUserSessions sessions;
  private final UserLogins logins;
  private final AddressThrottle throttle;
  private final Attempts attempts;
  private final SignInCounts counts;

  StoredPassports(
      Transactions transactions,
      PassportConfig config,
      boolean sendsMail,
      Realm realm,
      PasswordRules rules,
      ArgonPasswords passwords,
      RegisteredUsers users,
      VerifiedUsers heard,
      StoredUserSessions sessions,
      UserLogins logins,
      AddressThrottle throttle,
      Attempts attempts,
      SignInCounts counts) {
    this.transactions = transactions;
    this.config = config;
    this.sendsMail = sendsMail;
    this.realm = realm;
    this.rules = rules;
    this.passwords = passwords;
    this.users = users;
    this.heard = heard;
    this.sessions = sessions;
    this.logins = logins;
    this.throttle = throttle;
    this.attempts = attempts;
    this.counts = counts;
  }

  @Override
  public boolean verifies() {
    return switch (config.verification()) {
      case AUTO -> sendsMail;
      case REQUIRED -> true;
      case OFF -> false;
    };
  }

  @Override
  public void register(Registration registration, SignInOrigin origin) {
    EmailAddress email = EmailAddress.parse(registration.email());
    rules.check(registration.password(), email.value());
    refuseUninvited(registration);
    ask(origin);
    Realm.Place place = transactions.read(transaction -> realm.of(transaction, registration));
    String hash = hashed(registration.password(), origin);
    MailOrder order =
        new MailOrder(
            Purpose.VERIFY,
            place.tenant(),
            email,
            registration.language(),
            Optional.of(hash),
            place.inviter(),
            Optional.empty());
    var _ =
        transactions.write(
            transaction -> {
              if (verifies()) {
                order(transaction, order);
                return Optional.empty();
              }
              return users.make(
                  transaction,
                  place.tenant(),
                  Optional.of(email.value()),
                  hash,
                  place.inviter(),
                  registration.language().code(),
                  false);
            });
  }

  @Override
  public SignedIn verify(String token, SignedIn.Kind kind, SignInOrigin origin) {
    tryToken(origin);
    return transactions.write(
        transaction -> {
          MailTokenRecord used = use(transaction, token, Purpose.VERIFY);
          Long there = used.getUserId();
          Long inviter = used.getInviterId();
          Optional<Principal.OfUser> user =
              there == null
                  ? users.make(
                      transaction,
                      new TenantId(used.getTenantId()),
                      Optional.of(used.getEmail()),
                      used.getPasswordHash(),
                      inviter == null ? OptionalLong.empty() : OptionalLong.of(inviter),
                      used.getLanguage(),
                      true)
                  : users.verified(transaction, there, used.getEmail());
          Principal.OfUser verified = user.orElseThrow(StoredPassports::invalidLink);
          RegisteredUsers.inviter(transaction, verified.user())
              .ifPresent(by -> heard.verified(transaction, verified.tenant(), verified.user(), by));
          return sessions.open(
              transaction, verified, SignInMethod.MAIL, kind, origin, config.sessions());
        });
  }

  @Override
  public void resend(NamedAccount account, MailLanguage language, SignInOrigin origin) {
    mail(Purpose.VERIFY, account, language, origin);
  }

  @Override
  public SignedIn login(LoginAttempt attempt, SignInOrigin origin) {
    return counts.counted(() -> logins.login(attempt, origin));
  }

  @Override
  public SignedIn refresh(String refreshToken, SignInOrigin origin) {
    tryToken(origin);
    return sessions.refresh(refreshToken, origin, config.sessions());
  }

  @Override
  public SignedIn renew(String token, SignInOrigin origin) {
    tryToken(origin);
    return sessions.renew(token, origin, config.sessions());
  }

  @Override
  public void logout(String token) {
    sessions.end(token);
  }

  @Override
  public void forgot(NamedAccount account, MailLanguage language, SignInOrigin origin) {
    mail(Purpose.RESET, account, language, origin);
  }

  @Override
  public void sendReset(UserId id) {
    if (!sendsMail) {
      // it does not help to try again
      throw new Refusal(ErrorCode.CONFLICT, NO_MAIL);
    }
    var _ =
        transactions.write(
            transaction -> {
              TenantUserRecord user =
                  transaction
                      .sql()
                      .selectFrom(TENANT_USER)
                      .where(TENANT_USER.ID.eq(id.value()))
                      .fetchOptional()
                      .orElseThrow(
                          () -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
              EmailAddress email =
                  Optional.ofNullable(user.getEmail())
                      .filter(_ -> user.getActive())
                      .flatMap(EmailAddress::find)
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  ErrorCode.CONFLICT,
                                  "the user is off, or has no address (expected: one to which a"
                                      + " mail can go)"));
              TenantId tenant = new TenantId(user.getTenantId());
              order(
                  transaction,
                  MailOrder.plain(Purpose.RESET, tenant, email, language(transaction, id)));
              return tenant;
            });
  }

  @Override
  public void reset(String token, String password, SignInOrigin origin) {
    tryToken(origin);
    MailTokenRecord found =
        transactions
            .read(tx -> MailTokens.find(tx, token, Purpose.RESET, users.now()))
            .orElseThrow(StoredPassports::invalidLink);
    rules.check(password, found.getEmail());
    String hash = hashed(password, origin);
    var _ =
        transactions.write(
            transaction -> {
              MailTokenRecord used = use(transaction, token, Purpose.RESET);
              Principal.OfUser user =
                  Optional.ofNullable(used.getUserId())
                      .flatMap(id -> users.verified(transaction, id, used.getEmail()))
                      .orElseThrow(StoredPassports::invalidLink);
              int _ = RegisteredUsers.setPassword(transaction, user.user().value(), hash);
              int _ = sessions.endAll(transaction, user.tenant(), user.user(), Optional.empty());
              tellOfChange(transaction, user, used.getEmail());
              return user;
            });
  }

  @Override
  public void changePassword(
      InSession session, String current, String replacement, SignInOrigin origin) {
    Principal.OfUser user = session.user();
    String email =
        transactions
            .read(
                tx ->
                    tx.sql()
                        .select(TENANT_USER.EMAIL)
                        .from(TENANT_USER)
                        .where(TENANT_USER.ID.eq(user.user().value()))
                        .fetchOptional(TENANT_USER.EMAIL))
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.CONFLICT,
                        "the account has no address (expected: one that logs in with a"
                            + " password)"));
    rules.check(replacement, email);
    NamedAccount account = new NamedAccount(email, Optional.of(user.tenant()), "");
    var _ =
        logins.withPassword(
            account, current, origin, row -> change(row, passwords.hashOf(replacement), session));
  }

  @Override
  public void confirm(InSession session, Optional<String> password, SignInOrigin origin) {
    Principal.OfUser user = session.user();
    Optional<TenantUserRecord> row =
        transactions.read(
            tx ->
                tx.sql()
                    .selectFrom(TENANT_USER)
                    .where(TENANT_USER.ID.eq(user.user().value()))
                    .and(TENANT_USER.EMAIL.isNotNull())
                    .and(TENANT_USER.PASSWORD_HASH.isNotNull())
                    .fetchOptional());
    if (row.isEmpty()) {
      return;
    }
    String given =
        password.orElseThrow(
            () -> new Refusal(ErrorCode.INVALID_CREDENTIALS, "password is missing"));
    NamedAccount account = new NamedAccount(row.get().getEmail(), Optional.of(user.tenant()), "");
    var _ = logins.withPassword(account, given, origin, found -> found.getId());
  }

  private Principal.OfUser change(TenantUserRecord row, String hash, InSession session) {
    Principal.OfUser user = session.user();
    return transactions.write(
        transaction -> {
          int _ = RegisteredUsers.setPassword(transaction, row.getId(), hash);
          int _ =
              sessions.endAll(
                  transaction, user.tenant(), user.user(), Optional.of(session.session()));
          MailTokens.endAll(transaction, user.tenant(), row.getEmail(), Purpose.RESET);
          tellOfChange(transaction, user, row.getEmail());
          return user;
        });
  }

  private void mail(
      Purpose purpose, NamedAccount account, MailLanguage language, SignInOrigin origin) {
    EmailAddress email = EmailAddress.parse(account.email());
    requireMail();
    ask(origin);
    var _ =
        transactions.write(
            transaction -> {
              TenantId tenant = realm.of(transaction, account);
              order(transaction, MailOrder.plain(purpose, tenant, email, language));
              return tenant;
            });
  }

  private void requireMail() {
    if (!sendsMail) {
      throw new Refusal(ErrorCode.UNAVAILABLE, NO_MAIL)
          .withDetails("Ask whoever runs this installation.");
    }
  }

  private void tellOfChange(Transaction transaction, Principal.OfUser user, String email) {
    EmailAddress.find(email)
        .filter(address -> sendsMail)
        .ifPresent(
            address ->
                order(
                    transaction,
                    MailOrder.plain(
                        Purpose.PASSWORD_CHANGED,
                        user.tenant(),
                        address,
                        language(transaction, user.user()))));
  }

  private static MailLanguage language(Transaction transaction, UserId user) {
    return transaction
        .sql()
        .select(TENANT_USER.LANGUAGE)
        .from(TENANT_USER)
        .where(TENANT_USER.ID.eq(user.value()))
        .fetchOptional(TENANT_USER.LANGUAGE)
        .flatMap(MailLanguage::find)
        .orElse(MailLanguage.EN);
  }

  private void order(Transaction transaction, MailOrder order) {
    MailTable.order(transaction, order, config.limits().mailsHourMax(), users.now());
  }

  private MailTokenRecord use(Transaction transaction, String token, Purpose purpose) {
    return MailTokens.use(transaction, token, purpose, users.now())
        .orElseThrow(StoredPassports::invalidLink);
  }

  private void refuseUninvited(Registration registration) {
    boolean allowed =
        switch (config.registration()) {
          case OPEN -> true;
          case INVITED -> registration.inviteCode().isPresent();
          case CLOSED -> false;
        };
    if (!allowed) {
      throw new Refusal(
          ErrorCode.FORBIDDEN,
          config.registration() == PassportConfig.WhoRegisters.CLOSED
              ? "registration is closed"
              : "invite_code is missing (expected: that of a user)");
    }
  }

  /** Hashes within what one address may have going at a time. */
  private String hashed(String password, SignInOrigin origin) {
    return throttle.pass(
        LoginPair.of("register", origin.address()), () -> passwords.hashOf(password));
  }

  private void ask(SignInOrigin origin) {
    attempts.take(
        "asked from " + LoginPair.network(origin.address()), config.limits().askedHourMax(), HOUR);
  }

  private void tryToken(SignInOrigin origin) {
    attempts.take(
        "tokens from " + LoginPair.network(origin.address()),
        config.limits().tokensHourMax(),
        HOUR);
  }

  private static Refusal invalidLink() {
    return new Refusal(
            ErrorCode.LINK_INVALID,
            "the token is used, expired or was never given out (expected: that of the newest"
                + " mail)")
        .withDetails("Ask for another mail.");
  }
}
