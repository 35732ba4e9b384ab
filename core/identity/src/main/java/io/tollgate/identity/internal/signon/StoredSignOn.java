package io.tollgate.identity.internal.signon;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Admins.AdminSession;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PortalAddress;
import io.tollgate.identity.Principal;
import io.tollgate.identity.SecretBox;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.identity.SignOn;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.identity.SignOnProvider;
import io.tollgate.identity.SignOnProvider.Face;
import io.tollgate.identity.SignedIn;
import io.tollgate.identity.internal.Attempts;
import io.tollgate.identity.internal.InputChecks;
import io.tollgate.identity.internal.LoginPair;
import io.tollgate.identity.internal.RandomText;
import io.tollgate.identity.internal.SecretHash;
import io.tollgate.identity.internal.passport.RegisteredUsers;
import io.tollgate.identity.internal.sessions.SignInMethod;
import io.tollgate.identity.internal.sessions.StoredUserSessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Sign-on by other providers over PostgreSQL. */
public final class StoredSignOn implements SignOn {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Transactions transactions;
  private final Map<String, OpenIdProvider> providers = new LinkedHashMap<>();
  private final SignOnAttempts attempts;
  private final SignedOnUsers users;
  private final SignedOnAdmins admins;
  private final StoredUserSessions sessions;
  private final AdminSessionOpener adminSessions;
  private final Attempts tries;
  private final PassportConfig config;
  private final PortalAddress address;
  private final RandomText text;
  private final Function<Transaction, TenantId> first;

  /** Opens a session of an administrator for whom somebody else vouches. */
  @FunctionalInterface
  public interface AdminSessionOpener {
    AdminSession open(AdminId admin, SignInOrigin origin);
  }

  /**
   * @param first finds the first tenant
   */
  public StoredSignOn(
      Transactions transactions,
      SignOnConfig signOn,
      PassportConfig config,
      PortalAddress address,
      SecretBox box,
      RegisteredUsers registered,
      StoredUserSessions sessions,
      AdminSessionOpener adminSessions,
      Attempts tries,
      RandomText text,
      InstantSource clock,
      Function<Transaction, TenantId> first) {
    this.transactions = transactions;
    this.config = config;
    this.address = address;
    this.sessions = sessions;
    this.adminSessions = adminSessions;
    this.tries = tries;
    this.text = text;
    this.first = first;
    this.attempts = new SignOnAttempts(transactions, box, clock);
    this.users = new SignedOnUsers(registered, config, clock);
    this.admins = new SignedOnAdmins(clock);
    ProviderHttp http = new ProviderHttp(signOn.timeout());
    signOn
        .providers()
        .forEach(
            provider -> providers.put(provider.name(), new OpenIdProvider(provider, http, clock)));
  }

  @Override
  public List<SignOnProvider> providers(Face face) {
    return providers.values().stream()
        .map(OpenIdProvider::provider)
        .filter(provider -> provider.faces().contains(face))
        .toList();
  }

  @Override
  public Begun begin(Face face, Wanted wanted, SignInOrigin origin) {
    return begin(face, wanted, Optional.empty(), origin);
  }

  private Begun begin(Face face, Wanted wanted, Optional<UserId> user, SignInOrigin origin) {
    OpenIdProvider provider = provider(face, wanted.provider());
    String returnTo = ReturnPath.checked(face, wanted.returnTo());
    count(origin);
    Optional<TenantId> tenant =
        face == Face.ADMINS
            ? Optional.empty()
            : provider
                .provider()
                .tenant()
                .or(wanted::tenant)
                .or(() -> address.tenantAt(wanted.host()));
    String state = text.secret();
    String browser = text.secret();
    String nonce = text.secret();
    String verifier = text.secret();
    String redirect = redirect(face, wanted);
    String url = provider.authorization(redirect, state, nonce, challenge(verifier));
    attempts.keep(
        state,
        browser,
        new SignOnAttempts.Attempt(
            wanted.provider(), face, nonce, verifier, tenant, user, redirect, returnTo));
    return new Begun(url, browser);
  }

  @Override
  public UserEnd endOfUser(Returned returned, SignedIn.Kind kind, SignInOrigin origin) {
    count(origin);
    SignOnAttempts.Attempt attempt = attempts.take(Face.USERS, Optional.empty(), returned);
    OpenIdProvider provider = provider(Face.USERS, returned.provider());
    Identity identity = exchange(provider, attempt, returned);
    SignedIn session =
        transactions.write(
            transaction -> {
              Principal.OfUser user =
                  users.find(transaction, provider.provider(), identity, attempt.tenant(), first);
              return sessions.open(
                  transaction, user, SignInMethod.SIGN_ON, kind, origin, config.sessions());
            });
    return new UserEnd(session, attempt.returnTo());
  }

  @Override
  public Begun beginLink(
      Principal.OfUser user, String provider, String host, String returnTo, SignInOrigin origin) {
    if (!isFor(provider(Face.USERS, provider).provider(), user)) {
      throw unknown(provider);
    }
    return begin(
        Face.USERS,
        new Wanted(provider, Optional.of(user.tenant()), host, returnTo),
        Optional.of(user.user()),
        origin);
  }

  @Override
  public String endLink(Principal.OfUser user, Returned returned, SignInOrigin origin) {
    count(origin);
    SignOnAttempts.Attempt attempt = attempts.take(Face.USERS, Optional.of(user.user()), returned);
    OpenIdProvider provider = provider(Face.USERS, returned.provider());
    Identity identity = exchange(provider, attempt, returned);
    return transactions.write(
        transaction -> {
          users.link(transaction, identity, user);
          return attempt.returnTo();
        });
  }

  @Override
  public List<Linked> linked(Principal.OfUser user) {
    Map<String, Instant> since = transactions.read(transaction -> users.linked(transaction, user));
    return providers(Face.USERS).stream()
        .filter(provider -> isFor(provider, user))
        .map(
            provider ->
                new Linked(
                    provider.name(),
                    provider.label(),
                    Optional.ofNullable(since.get(provider.issuer().toString()))))
        .toList();
  }

  @Override
  public void unlink(Principal.OfUser user, String name) {
    String issuer = provider(Face.USERS, name).provider().issuer().toString();
    boolean _ =
        transactions.write(
            transaction -> {
              users.unlink(transaction, issuer, user);
              return true;
            });
  }

  @Override
  public AdminEnd endOfAdmin(Returned returned, SignInOrigin origin) {
    count(origin);
    SignOnAttempts.Attempt attempt = attempts.take(Face.ADMINS, Optional.empty(), returned);
    OpenIdProvider provider = provider(Face.ADMINS, returned.provider());
    Identity identity = exchange(provider, attempt, returned);
    AdminId admin =
        transactions.write(transaction -> admins.find(transaction, provider.provider(), identity));
    return new AdminEnd(adminSessions.open(admin, origin), attempt.returnTo());
  }

  /** Removes sign-ons that were not ended in time; how many. */
  public static int purge(Transactions transactions, InstantSource clock) {
    return transactions.write(
        transaction -> SignOnAttempts.purge(transaction, InputChecks.now(clock)));
  }

  private Identity exchange(
      OpenIdProvider provider, SignOnAttempts.Attempt attempt, Returned returned) {
    return provider.exchange(
        returned.code(), attempt.verifier(), attempt.redirect(), attempt.nonce());
  }

  /** Back to where the browser is: a host of ours that a setting names. */
  private String redirect(Face face, Wanted wanted) {
    return switch (face) {
      case USERS -> address.at(wanted.host()) + "/portal/sign-on/" + wanted.provider();
      case ADMINS -> address.installation() + "/console/sign-on/" + wanted.provider();
    };
  }

  private OpenIdProvider provider(Face face, String name) {
    OpenIdProvider provider = providers.get(name);
    if (provider == null || !provider.provider().faces().contains(face)) {
      throw unknown(name);
    }
    return provider;
  }

  private static boolean isFor(SignOnProvider provider, Principal.OfUser user) {
    return provider.tenant().filter(tenant -> !tenant.equals(user.tenant())).isEmpty();
  }

  private static Refusal unknown(String name) {
    return new Refusal(
        ErrorCode.NOT_FOUND, "there is no sign-on provider " + GivenText.shown(name));
  }

  private void count(SignInOrigin origin) {
    tries.take(
        "tokens from " + LoginPair.network(origin.address()),
        config.limits().tokensHourMax(),
        HOUR);
  }

  /** RFC 7636, 4.2. */
  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(SecretHash.sha256(verifier));
  }
}
