package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.billing.ServiceTerms;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.ServiceQuotas;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.UserOfTenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes calls ready to be decided: finds their users, makes those never seen before, and gives the
 * free quota of the month where it is due. What it has done once it remembers for a minute, so that
 * most batches need no transaction of it. In transactions of its own, as it locks accounts of
 * tenants before those of users.
 */
final class CallPreparation {
  private static final int MAX_REMEMBERED = 100_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final Tenants tenants;
  private final Users users;
  private final Services services;
  private final ServiceQuotas quotas;
  private final InstantSource clock;
  private final Cache<TenantId, Tenant> knownTenants = cache();
  private final Cache<UserName, UserOfTenant> knownUsers = cache();
  private final Cache<UserService, Instant> settledUntil = cache();

  CallPreparation(
      Transactions transactions,
      Tenants tenants,
      Users users,
      Services services,
      ServiceQuotas quotas,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.services = requireNonNull(services, "services is null");
    this.quotas = requireNonNull(quotas, "quotas is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  private static <K, V> Cache<K, V> cache() {
    return Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();
  }

  /** Those that can be decided; the others are answered. */
  ReadyCalls prepare(List<WaitingCall> calls) {
    Map<WaitingCall, Refusal> refused = new HashMap<>();
    Instant now = clock.instant();
    Prepared prepared = new Prepared();
    List<WaitingCall> unknown =
        calls.stream().filter(each -> !remembered(each, now, prepared)).toList();
    if (!unknown.isEmpty()) {
      prepared.add(
          transactions.write(
              transaction -> {
                refused.clear();
                return prepare(transaction, unknown, now, refused);
              }));
    }
    refused.forEach((call, refusal) -> call.answer.completeExceptionally(refusal));
    return prepared.inOrder(calls);
  }

  private boolean remembered(WaitingCall call, Instant now, Prepared prepared) {
    Tenant tenant = knownTenants.getIfPresent(call.call.tenant());
    UserOfTenant user = knownUsers.getIfPresent(UserName.of(call));
    Instant until =
        user == null ? null : settledUntil.getIfPresent(new UserService(user, call.call.service()));
    if (tenant == null || user == null || until == null || !now.isBefore(until)) {
      return false;
    }
    prepared.add(new ReadyCall(call, tenant, user), until);
    return true;
  }

  private Prepared prepare(
      Transaction transaction,
      List<WaitingCall> calls,
      Instant now,
      Map<WaitingCall, Refusal> refused) {
    Prepared prepared = new Prepared();
    Map<TenantId, List<ServiceTerms>> terms = new HashMap<>();
    List<ServiceQuotas.Wanted> wanted = new ArrayList<>();
    List<ReadyCall> ready = new ArrayList<>();
    for (WaitingCall each : calls) {
      try {
        Tenant tenant = tenant(transaction, each.call.tenant());
        UserOfTenant user = user(transaction, each);
        Optional<ServiceTerms> found =
            terms.computeIfAbsent(tenant.id(), _ -> services.all(transaction, tenant, now)).stream()
                .filter(one -> one.name().equals(each.call.service()))
                .findFirst();
        found.ifPresent(one -> wanted.add(new ServiceQuotas.Wanted(user, tenant, one)));
        ready.add(new ReadyCall(each, tenant, user));
      } catch (Refusal e) {
        refused.put(each, e);
      }
    }
    quotas.ensure(transaction, wanted, now);
    for (ReadyCall each : ready) {
      Instant until = ServiceQuotas.monthEnd(each.tenant(), now);
      UserService key = new UserService(each.user(), each.waiting().call.service());
      boolean known =
          terms.getOrDefault(each.tenant().id(), List.of()).stream()
              .anyMatch(one -> one.name().equals(key.service));
      if (known) {
        transaction.afterCommit(() -> settledUntil.put(key, until));
      }
      prepared.add(each, until);
    }
    return prepared;
  }

  private Tenant tenant(Transaction transaction, TenantId id) {
    Tenant known = knownTenants.getIfPresent(id);
    if (known != null) {
      return known;
    }
    Tenant found =
        tenants
            .find(transaction, id)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "tenant " + id + " is not there"));
    knownTenants.put(id, found);
    return found;
  }

  private UserOfTenant user(Transaction transaction, WaitingCall call) {
    UserName name = UserName.of(call);
    UserOfTenant known = knownUsers.getIfPresent(name);
    if (known != null) {
      return known;
    }
    User found = users.findOrCreate(transaction, name.tenant, name.externalId);
    UserOfTenant user = new UserOfTenant(found.tenant(), found.id());
    transaction.afterCommit(() -> knownUsers.put(name, user));
    return user;
  }

  private static final class Prepared {
    private final Map<WaitingCall, ReadyCall> ready = new HashMap<>();
    private Instant until = Instant.MAX;

    void add(ReadyCall call, Instant settledUntil) {
      ready.put(call.waiting(), call);
      until = settledUntil.isBefore(until) ? settledUntil : until;
    }

    void add(Prepared others) {
      others.ready.values().forEach(each -> add(each, others.until));
    }

    /** In the order in which they came, without those that were refused. */
    ReadyCalls inOrder(List<WaitingCall> calls) {
      return new ReadyCalls(
          calls.stream().flatMap(each -> Optional.ofNullable(ready.get(each)).stream()).toList(),
          until);
    }
  }

  private record UserName(TenantId tenant, String externalId) {
    static UserName of(WaitingCall call) {
      return new UserName(call.call.tenant(), call.call.user());
    }
  }

  private record UserService(UserOfTenant user, String service) {}
}
