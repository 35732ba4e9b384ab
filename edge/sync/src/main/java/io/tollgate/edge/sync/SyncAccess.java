package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.UserSessions;
import io.tollgate.identity.Users;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says whose numbers a token may see: a user's own, or those of a tenant's user who is asked for by
 * its backend. A backend that asks for a user it has not made yet makes them. Administrators have
 * lists of their own and are refused. Blocking.
 */
final class SyncAccess {
  private final Transactions transactions;
  private final BearerTokens bearers;
  private final UserSessions sessions;
  private final Tenants tenants;
  private final Users users;

  SyncAccess(
      Transactions transactions,
      BearerTokens bearers,
      UserSessions sessions,
      Tenants tenants,
      Users users) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.bearers = requireNonNull(bearers, "bearers is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
  }

  /**
   * Who the token stands for.
   *
   * @throws Refusal {@code UNAUTHENTICATED}
   */
  Principal caller(Optional<Presented> token) {
    return token
        .flatMap(this::identify)
        .orElseThrow(
            () ->
                new Refusal(
                    ErrorCode.UNAUTHENTICATED,
                    "token missing or not known (expected: Authorization: Bearer with the user's"
                        + " API key or session, or a service token)"));
  }

  /** In a cookie there is a session of a user and nothing else. */
  private Optional<Principal> identify(Presented token) {
    return token.inCookie()
        ? sessions.identify(token.token()).map(UserSessions.InSession::user)
        : bearers.identify(token.token());
  }

  /** Which of these tokens do not stand for the same one any more. */
  Set<String> ended(Map<String, Principal> before) {
    Map<String, Principal> now = bearers.identify(before.keySet());
    return before.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(now.get(entry.getKey())))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The user whom a caller asks for, in a transaction of its own. */
  SyncUser user(Principal caller, Optional<String> asked) {
    return transactions.write(transaction -> user(transaction, caller, asked));
  }

  /**
   * The user whom a caller asks for.
   *
   * @param asked their external id; a user may leave it out
   * @throws Refusal {@code FORBIDDEN}, {@code INVALID_REQUEST}
   */
  SyncUser user(Transaction transaction, Principal caller, Optional<String> asked) {
    return switch (caller) {
      case Principal.OfUser user -> {
        asked
            .filter(id -> !id.equals(user.externalId()))
            .ifPresent(
                id -> {
                  throw new Refusal(
                      ErrorCode.FORBIDDEN,
                      "the token is another user's (expected: that of " + id + ")");
                });
        yield found(transaction, user.tenant(), user.user(), user.externalId());
      }
      case Principal.OfService service -> {
        String id =
            asked.orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        "user_id: missing (expected: whose numbers the backend asks for)"));
        UserId user = users.findOrCreate(transaction, service.tenant(), id).id();
        yield found(transaction, service.tenant(), user, id);
      }
      case Principal.OfAdmin admin ->
          throw new Refusal(
              ErrorCode.FORBIDDEN,
              "administrator "
                  + admin.username()
                  + " may not read this (expected: the user's own token or a service token)");
    };
  }

  private SyncUser found(Transaction transaction, TenantId tenant, UserId user, String id) {
    Tenant found =
        tenants
            .find(transaction, tenant)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "tenant " + tenant + " is gone"));
    return new SyncUser(tenant, user, id, found.currency());
  }
}
