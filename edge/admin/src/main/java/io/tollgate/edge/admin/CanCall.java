package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceBook;
import io.tollgate.billing.SpendLimitFilter;
import io.tollgate.billing.SpendLimitSettings;
import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.ApiKey;
import io.tollgate.identity.ApiKeyFilter;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.KeyRates;
import io.tollgate.identity.TenantRegister.TenantProfile;
import io.tollgate.identity.User;
import io.tollgate.metering.SpendLimit;
import io.tollgate.relay.accounts.AccountFilter;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ProviderAccounts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Goes through what the relay asks of a request, in its order, by what is stored now. What each
 * gateway counts for itself (rates) is told, not judged.
 */
final class CanCall {
  private static final ListRequest MANY = ListRequest.first(500);

  private final Transactions transactions;
  private final IdentityModule identity;
  private final PriceBook prices;
  private final SpendLimitSettings limits;
  private final UserStandings standings;
  private final ProviderAccounts accounts;
  private final InstantSource clock;

  CanCall(
      Transactions transactions,
      IdentityModule identity,
      PriceBook prices,
      SpendLimitSettings limits,
      UserStandings standings,
      ProviderAccounts accounts,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.prices = requireNonNull(prices, "prices is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What is asked about; what is empty is taken as it is best for the user. */
  record Asked(Optional<ApiKeyId> key, Optional<String> model, Optional<String> address) {
    Asked {
      requireNonNull(key, "key is null");
      requireNonNull(model, "model is null");
      requireNonNull(address, "address is null");
    }
  }

  /**
   * What was found.
   *
   * @param keyId that was looked at; null: the user has none
   * @param canCall whether nothing refuses it
   * @param firstRed the check that refuses it first; null: none
   */
  record Answer(
      long tenantId,
      long userId,
      @Nullable Long keyId,
      @Nullable String model,
      boolean canCall,
      @Nullable String firstRed,
      List<Check> checks,
      Instant at) {}

  /**
   * One thing that the relay asks.
   *
   * @param check {@code key}, {@code state}, {@code addresses}, {@code model}, {@code rate}, {@code
   *     limits}, {@code means}, {@code account}
   * @param reason for programs and translations
   * @param says a sentence
   * @param remedy what to do about it; null where nothing is to be done
   */
  record Check(String check, boolean ok, String reason, String says, @Nullable String remedy) {
    static Check good(String check, String reason, String says) {
      return new Check(check, true, reason, says, null);
    }

    static Check red(String check, String reason, String says, String remedy) {
      return new Check(check, false, reason, says, remedy);
    }
  }

  Optional<Answer> look(UserId user, Asked asked) {
    Optional<ApiKey> named = asked.key().flatMap(identity.keyRegister()::find);
    return transactions.write(
        transaction ->
            identity
                .users()
                .find(transaction, user)
                .map(found -> look(transaction, found, named, asked)));
  }

  private Answer look(Transaction transaction, User user, Optional<ApiKey> named, Asked asked) {
    Instant now = clock.instant();
    TenantProfile tenant = identity.tenantRegister().find(transaction, user.tenant()).orElseThrow();
    Optional<ApiKey> key =
        asked.key().isPresent()
            ? named.filter(each -> each.user().equals(user.id()))
            : best(transaction, user, now);
    List<Check> checks = new ArrayList<>();
    checks.add(key(key, now));
    checks.add(state(user, tenant));
    checks.add(addresses(key, asked.address()));
    checks.add(model(key, asked.model()));
    checks.add(rate(key));
    checks.add(limits(transaction, user, key));
    checks.add(
        means(
            standings.of(transaction, user.tenant(), user.id(), tenant.tenant().currency(), now)));
    checks.add(account(transaction, key, asked.model()));
    Optional<Check> red = checks.stream().filter(each -> !each.ok()).findFirst();
    return new Answer(
        user.tenant().value(),
        user.id().value(),
        key.map(each -> each.id().value()).orElse(null),
        asked.model().orElse(null),
        red.isEmpty(),
        red.map(Check::check).orElse(null),
        checks,
        now);
  }

  /** The newest key that can be used; else the newest. */
  private Optional<ApiKey> best(Transaction transaction, User user, Instant now) {
    List<ApiKey> all =
        identity.keyRegister().list(transaction, ApiKeyFilter.ALL.of(user.id()), MANY).rows();
    return all.stream()
        .filter(key -> key.enabled() && !isExpired(key, now))
        .findFirst()
        .or(() -> all.stream().findFirst());
  }

  private static boolean isExpired(ApiKey key, Instant now) {
    return key.terms().expiresAt().filter(end -> !end.isAfter(now)).isPresent();
  }

  private static Check key(Optional<ApiKey> key, Instant now) {
    if (key.isEmpty()) {
      return Check.red("key", "NO_KEY", "The user has no such key.", "Create a key.");
    }
    String shown = key.get().prefix() + "****";
    if (!key.get().enabled()) {
      return Check.red("key", "KEY_OFF", "The key " + shown + " is off.", "Switch it on.");
    }
    if (isExpired(key.get(), now)) {
      return Check.red(
          "key",
          "KEY_EXPIRED",
          "The key " + shown + " expired at " + key.get().terms().expiresAt().orElseThrow() + ".",
          "Prolong it, or create another.");
    }
    return Check.good("key", "KEY_GOOD", "The key " + shown + " is on.");
  }

  private static Check state(User user, TenantProfile tenant) {
    if (!tenant.active()) {
      return Check.red("state", "TENANT_OFF", "The tenant is off.", "Switch the tenant on.");
    }
    if (!user.active()) {
      return Check.red("state", "USER_OFF", "The user is off.", "Switch the user on.");
    }
    return Check.good("state", "ON", "User and tenant are on.");
  }

  private static Check addresses(Optional<ApiKey> key, Optional<String> address) {
    boolean anywhere = key.isEmpty() || key.get().terms().addresses().blocks().isEmpty();
    if (anywhere) {
      return Check.good("addresses", "ANYWHERE", "The key may be used from everywhere.");
    }
    String blocks = String.join(", ", key.get().terms().addresses().written());
    if (address.isPresent() && !key.get().terms().addresses().allow(address.get())) {
      return Check.red(
          "addresses",
          "ADDRESS_NOT_ALLOWED",
          "The key may be used from " + blocks + " only.",
          "Call from there, or add the address to the key.");
    }
    return Check.good("addresses", "THERE", "The key may be used from " + blocks + " only.");
  }

  private Check model(Optional<ApiKey> key, Optional<String> model) {
    if (model.isEmpty()) {
      boolean every = key.isEmpty() || key.get().terms().models().patterns().isEmpty();
      return Check.good(
          "model",
          every ? "EVERY_MODEL" : "SOME_MODELS",
          every
              ? "The key may ask for every model."
              : "The key may ask for "
                  + String.join(", ", key.get().terms().models().patterns())
                  + " only.");
    }
    Optional<ModelPrice> price = prices.find(model.get());
    if (price.isEmpty()) {
      return Check.red(
          "model",
          "MODEL_NOT_SOLD",
          "There is no such model, or it has no price.",
          "Ask for another, or give it a price.");
    }
    if (key.isPresent() && !key.get().terms().models().allow(model.get())) {
      return Check.red(
          "model", "MODEL_NOT_ALLOWED", "The key may not ask for it.", "Add the model to the key.");
    }
    return Check.good("model", "MODEL_GOOD", "It is sold, and the key may ask for it.");
  }

  private static Check rate(Optional<ApiKey> key) {
    KeyRates rates = key.map(each -> each.terms().rates()).orElse(KeyRates.NONE);
    List<String> parts = new ArrayList<>();
    OptionalInt requests = rates.requestsPerMinute();
    if (requests.isPresent()) {
      parts.add(requests.getAsInt() + " requests a minute");
    }
    if (rates.tokensPerMinute().isPresent()) {
      parts.add(rates.tokensPerMinute().getAsLong() + " tokens a minute");
    }
    if (rates.concurrent().isPresent()) {
      parts.add(rates.concurrent().getAsInt() + " at one time");
    }
    return parts.isEmpty()
        ? Check.good("rate", "NO_RATE", "The key has no rate of its own.")
        : Check.good(
            "rate", "RATE", "The key has " + String.join(", ", parts) + "; beyond it is 429.");
  }

  private Check limits(Transaction transaction, User user, Optional<ApiKey> key) {
    List<SpendLimitStanding> all = new ArrayList<>();
    all.addAll(
        limits
            .list(
                transaction,
                new SpendLimitFilter(
                    Optional.of(user.tenant()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(SpendLimit.Scope.TENANT)),
                MANY)
            .rows());
    limits
        .list(
            transaction,
            new SpendLimitFilter(
                Optional.of(user.tenant()),
                Optional.of(user.id()),
                Optional.empty(),
                Optional.empty()),
            MANY)
        .rows()
        .stream()
        .filter(limit -> limit.key().isEmpty() || limit.key().equals(key.map(ApiKey::id)))
        .forEach(all::add);
    Optional<SpendLimitStanding> used =
        all.stream().filter(limit -> !limit.remaining().isPositive()).findFirst();
    if (used.isEmpty()) {
      return Check.good(
          "limits",
          all.isEmpty() ? "NO_LIMIT" : "LIMITS_GOOD",
          all.isEmpty()
              ? "There is no spend limit."
              : "None of " + all.size() + " spend limits is used up.");
    }
    SpendLimitStanding limit = used.get();
    return Check.red(
        "limits",
        "LIMIT_USED_UP",
        "The spend limit "
            + limit.id()
            + " of the "
            + limit.scope().name().toLowerCase(Locale.ROOT)
            + ", "
            + limit.amount()
            + ", is used up.",
        "Raise it, or wait until its window ends"
            + limit.windowEndsAt().map(end -> " at " + end).orElse("")
            + ".");
  }

  private static Check means(UserStanding standing) {
    if (standing.owed().isPositive()) {
      return Check.red(
          "means",
          "OWED",
          "The user owes " + standing.owed() + ".",
          "Top up, or forgive what is owed.");
    }
    if (!standing.allowed()) {
      return Check.red(
          "means",
          "NO_MEANS",
          "The balance is " + standing.balance() + ", and no free quota is left.",
          "Top up, or give credit.");
    }
    return Check.good(
        "means",
        "MEANS_GOOD",
        "The balance is "
            + standing.balance()
            + ", free quota left: "
            + standing.quotaRemaining()
            + " tokens.");
  }

  private Check account(Transaction transaction, Optional<ApiKey> key, Optional<String> model) {
    AccountFilter filter =
        new AccountFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.of(true),
            Optional.empty(),
            model,
            Optional.empty(),
            Optional.empty());
    List<AccountStanding> all =
        accounts.list(transaction, filter, MANY).rows().stream()
            .filter(AccountStanding::providerEnabled)
            .filter(
                each ->
                    key.isEmpty()
                        || !Collections.disjoint(
                            each.settings().groups(), key.get().terms().groups()))
            .toList();
    if (all.isEmpty()) {
      return Check.red(
          "account",
          "NO_ACCOUNT",
          "No account that is on serves it for the key's groups.",
          "Add an account, or put one into a group of the key.");
    }
    long well =
        all.stream()
            .filter(
                each ->
                    each.readable()
                        && (each.state() == HealthState.HEALTHY
                            || each.state() == HealthState.DOUBTFUL))
            .count();
    return well == 0
        ? Check.red(
            "account",
            "NO_HEALTHY_ACCOUNT",
            "None of " + all.size() + " accounts is well just now.",
            "Look at the accounts; reset those that are well again.")
        : Check.good("account", "ACCOUNT_GOOD", well + " of " + all.size() + " accounts are well.");
  }
}
