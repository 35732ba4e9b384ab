package io.tollgate.identity.internal.sessions;

import static io.tollgate.schema.identity.Tables.USER_SESSION;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.MasterKey;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SessionTerms;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.SignedTokens;
import io.tollgate.identity.internal.SignedTokens.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;

/** Users' sessions in PostgreSQL. */
public final class StoredUserSessions implements UserSessions {
  private static final String REFRESHES = "refreshes";
  private static final String LASTING = "lasting";

  /** How exactly it is known when a session was used last. */
  private static final Duration SEEN = Duration.ofMinutes(1);

  private static final int LISTED = 500;
  private static final int PURGED = 1_000;
  private static final Duration KNOWN = Duration.ofDays(90);

  private final Transactions transactions;
  private final SignedTokens tokens;
  private final SignedTokens refreshTokens;
  private final InstantSource clock;

  public StoredUserSessions(Transactions transactions, MasterKey masterKey, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.tokens =
        new SignedTokens(
            masterKey.derive("HmacSHA256", "user session tokens"), "tollgate-user", clock);
    this.refreshTokens =
        new SignedTokens(
            masterKey.derive("HmacSHA256", "user refresh tokens"), "tollgate-user-refresh", clock);
  }

  @Override
  public Optional<InSession> identify(String token) {
    return Optional.ofNullable(identify(List.of(token)).get(token));
  }

  @Override
  public Map<String, InSession> identify(Collection<String> presented) {
    Map<String, UUID> sessions = new HashMap<>();
    for (String token : presented) {
      tokens.verify(token).ifPresent(verified -> sessions.put(token, verified.session()));
    }
    if (sessions.isEmpty()) {
      return Map.of();
    }
    Map<UUID, UserSessionTable.Found> open = open(Set.copyOf(sessions.values()));
    Map<String, InSession> holders = new HashMap<>();
    sessions.forEach(
        (token, session) -> {
          UserSessionTable.Found found = open.get(session);
          if (found != null) {
            holders.put(token, new InSession(session, found.user()));
          }
        });
    return holders;
  }

  /** Those that are open; they are noted as seen now and then. */
  private Map<UUID, UserSessionTable.Found> open(Set<UUID> sessions) {
    Instant now = InputChecks.now(clock);
    Map<UUID, UserSessionTable.Found> open =
        transactions.read(transaction -> UserSessionTable.find(transaction, sessions, now));
    List<UUID> unseen =
        open.entrySet().stream()
            .filter(entry -> entry.getValue().lastSeenAt().isBefore(now.minus(SEEN)))
            .map(Map.Entry::getKey)
            .toList();
    if (!unseen.isEmpty()) {
      int _ = transactions.write(transaction -> UserSessionTable.seen(transaction, unseen, now));
    }
    return open;
  }

  @Override
  public List<OpenSession> list(TenantId tenant, UserId user) {
    Instant now = InputChecks.now(clock);
    return transactions.read(
        transaction -> UserSessionTable.list(transaction, tenant, user, now, LISTED));
  }

  @Override
  public boolean end(TenantId tenant, UserId user, UUID session) {
    Instant now = InputChecks.now(clock);
    return transactions.write(
            transaction ->
                UserSessionTable.revoke(
                    transaction, tenant, user, USER_SESSION.ID.eq(session), now))
        == 1;
  }

  @Override
  public int endAll(TenantId tenant, UserId user, Optional<UUID> kept) {
    return transactions.write(transaction -> endAll(transaction, tenant, user, kept));
  }

  /** The same in the caller's transaction. */
  public int endAll(Transaction transaction, TenantId tenant, UserId user, Optional<UUID> kept) {
    return UserSessionTable.revoke(
        transaction,
        tenant,
        user,
        kept.map(USER_SESSION.ID::ne).orElse(DSL.noCondition()),
        InputChecks.now(clock));
  }

  /** Opens a session in the caller's transaction. */
  public SignedIn open(
      Transaction transaction,
      Principal.OfUser user,
      SignInMethod method,
      SignedIn.Kind kind,
      SignInOrigin origin,
      SessionTerms terms) {
    UUID session = UUID.randomUUID();
    Instant now = InputChecks.now(clock);
    // JWT counts whole seconds
    Instant expiresAt = now.plus(terms.length()).truncatedTo(ChronoUnit.SECONDS);
    UserSessionTable.insert(transaction, session, user, method, origin, now, expiresAt);
    UserSessionTable.tidy(transaction, user, terms.max(), now);
    return switch (kind) {
      case COOKIE -> lasting(session, user, expiresAt);
      case BEARER -> refreshable(session, user, 0, expiresAt, terms);
    };
  }

  /**
   * The next tokens of a session. A token that was used before ends it: one of the two who have it
   * has stolen it.
   *
   * @throws Refusal {@code UNAUTHENTICATED}
   */
  public SignedIn refresh(String refreshToken, SignInOrigin origin, SessionTerms terms) {
    Verified token = refreshTokens.verify(refreshToken).orElseThrow(StoredUserSessions::noSession);
    Instant now = InputChecks.now(clock);
    Optional<SignedIn> next =
        transactions.write(
            transaction -> {
              Optional<UserSessionTable.Found> row =
                  UserSessionTable.lock(transaction, token.session(), now);
              if (row.isEmpty()) {
                return Optional.empty();
              }
              if (row.get().refreshes() != token.number(REFRESHES)) {
                UserSessionTable.revoke(transaction, token.session(), now);
                return Optional.empty();
              }
              UserSessionTable.refreshed(transaction, token.session(), origin, now);
              return Optional.of(
                  refreshable(
                      token.session(),
                      row.get().user(),
                      row.get().refreshes() + 1,
                      row.get().expiresAt(),
                      terms));
            });
    return next.orElseThrow(StoredUserSessions::noSession);
  }

  /**
   * The same session from now on for as long as after a login, of a token that lasts as long as it.
   *
   * @throws Refusal {@code UNAUTHENTICATED}
   */
  public SignedIn renew(String token, SignInOrigin origin, SessionTerms terms) {
    Verified lasting =
        tokens
            .verify(token)
            .filter(verified -> verified.number(LASTING) == 1)
            .orElseThrow(StoredUserSessions::noSession);
    Instant now = InputChecks.now(clock);
    Instant expiresAt = now.plus(terms.length()).truncatedTo(ChronoUnit.SECONDS);
    return transactions
        .write(
            transaction ->
                UserSessionTable.lock(transaction, lasting.session(), now)
                    .map(
                        row -> {
                          UserSessionTable.renewed(
                              transaction, lasting.session(), origin, now, expiresAt);
                          return lasting(lasting.session(), row.user(), expiresAt);
                        }))
        .orElseThrow(StoredUserSessions::noSession);
  }

  /** Ends the session of a token, be it one that refreshes. Other texts are left alone. */
  public void end(String token) {
    Instant now = InputChecks.now(clock);
    tokens
        .verify(token)
        .or(() -> refreshTokens.verify(token))
        .map(Verified::session)
        .ifPresent(
            session -> {
              var _ =
                  transactions.write(
                      transaction -> {
                        UserSessionTable.revoke(transaction, session, now);
                        return session;
                      });
            });
  }

  /** Whether the user has signed in from that address within the last 90 days. */
  public boolean isKnown(Transaction transaction, UserId user, String address) {
    return UserSessionTable.isKnown(
        transaction, user, address, InputChecks.now(clock).minus(KNOWN));
  }

  /** Removes sessions that ended 90 days ago; how many. */
  public int purge() {
    Instant before = InputChecks.now(clock).minus(KNOWN);
    return transactions.write(transaction -> UserSessionTable.purge(transaction, before, PURGED));
  }

  private SignedIn lasting(UUID session, Principal.OfUser user, Instant expiresAt) {
    return new SignedIn(
        session,
        user,
        tokens.sign(
            session,
            user.externalId(),
            Map.of("tenant_id", user.tenant().value(), LASTING, 1),
            expiresAt),
        expiresAt,
        Optional.empty(),
        expiresAt);
  }

  private SignedIn refreshable(
      UUID session, Principal.OfUser user, long refreshes, Instant expiresAt, SessionTerms terms) {
    Instant soon = clock.instant().plus(terms.token()).truncatedTo(ChronoUnit.SECONDS);
    Instant until = soon.isBefore(expiresAt) ? soon : expiresAt;
    return new SignedIn(
        session,
        user,
        token(session, user, until),
        until,
        Optional.of(
            refreshTokens.sign(
                session, user.externalId(), Map.of(REFRESHES, refreshes), expiresAt)),
        expiresAt);
  }

  private String token(UUID session, Principal.OfUser user, Instant until) {
    return tokens.sign(
        session, user.externalId(), Map.of("tenant_id", user.tenant().value()), until);
  }

  private static Refusal noSession() {
    return new Refusal(
            ErrorCode.UNAUTHENTICATED,
            "the refresh token is used, expired or no open session's (expected: the newest of an"
                + " open session)")
        .withDetails("Log in again.");
  }
}
