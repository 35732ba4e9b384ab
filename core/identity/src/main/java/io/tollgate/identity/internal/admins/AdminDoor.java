package io.tollgate.identity.internal.admins;

import static io.tollgate.schema.identity.Tables.ADMIN;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.Admins.InSession;
import io.tollgate.identity.FactorOwner;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.factors.StoredSecondFactors;
import io.tollgate.schema.identity.tables.records.AdminRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks administrators for their second factor, opens their sessions and knows their tokens. */
public final class AdminDoor {
  private final Transactions transactions;
  private final StoredSecondFactors factors;
  private final SessionTokens tokens;
  private final InstantSource clock;
  private final Duration sessionLength;
  private final boolean factorRequired;

  /**
   * @param factorRequired whether each must have a second factor
   */
  public AdminDoor(
      Transactions transactions,
      StoredSecondFactors factors,
      SessionTokens tokens,
      InstantSource clock,
      Duration sessionLength,
      boolean factorRequired) {
    this.transactions = transactions;
    this.factors = factors;
    this.tokens = tokens;
    this.clock = clock;
    this.sessionLength = sessionLength;
    this.factorRequired = factorRequired;
  }

  /**
   * Takes the code of who has a second factor.
   *
   * @return whether the session is good for everything: false where one is required and there is
   *     none
   * @throws Refusal {@code TOTP_REQUIRED}; {@code INVALID_CREDENTIALS} when the code is wrong
   */
  boolean takesFactor(AdminId admin, Optional<String> code) {
    FactorOwner owner = new FactorOwner.OfAdmin(admin);
    if (!transactions.read(transaction -> factors.isOn(transaction, owner))) {
      return !factorRequired;
    }
    String given =
        code.orElseThrow(
            () ->
                new Refusal(
                        ErrorCode.TOTP_REQUIRED,
                        "totp is missing (expected: the present code of the second factor)")
                    .withDetails("Send the login again with totp, or a recovery code there."));
    if (!factors.take(owner, given)) {
      throw new Refusal(ErrorCode.INVALID_CREDENTIALS, "the code is wrong, used or too old");
    }
    return true;
  }

  /** Opens a session, and does something more in its transaction. */
  AdminSession open(
      AdminId admin, SignInOrigin origin, boolean complete, Consumer<Transaction> more) {
    UUID session = UUID.randomUUID();
    Instant now = InputChecks.now(clock);
    // JWT counts whole seconds
    Instant expiresAt = now.plus(sessionLength).truncatedTo(ChronoUnit.SECONDS);
    AdminRecord row =
        transactions.write(
            transaction -> {
              more.accept(transaction);
              AdminSessions.open(transaction, session, admin, origin, complete, now, expiresAt);
              return transaction
                  .sql()
                  .selectFrom(ADMIN)
                  .where(ADMIN.ID.eq(admin.value()))
                  .fetchSingle();
            });
    return new AdminSession(
        admin,
        row.getUsername(),
        row.getNickname(),
        tokens.sign(session, admin, row.getUsername(), expiresAt),
        expiresAt,
        complete);
  }

  /** Opens one for who signed on by another provider, which has asked for what it wants. */
  public AdminSession openVouched(AdminId admin, SignInOrigin origin) {
    return open(admin, origin, true, transaction -> {});
  }

  /** The session of a token that we signed and that has not expired. */
  Optional<UUID> session(String token) {
    return tokens.verify(token);
  }

  /** Whose open session a token is. */
  Optional<InSession> holder(String token) {
    Optional<UUID> session = tokens.verify(token);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Instant now = InputChecks.now(clock);
    Optional<AdminSessions.Found> found =
        transactions.read(transaction -> AdminSessions.find(transaction, session.get(), now));
    if (found.isPresent() && found.get().lastSeenAt().isBefore(now.minus(AdminSessions.SEEN))) {
      var _ =
          transactions.write(
              transaction -> {
                AdminSessions.seen(transaction, session.get(), now);
                return now;
              });
    }
    return found.map(AdminSessions.Found::holder);
  }

  static Refusal noSession() {
    return new Refusal(ErrorCode.UNAUTHENTICATED, "the token is no open session's");
  }
}
