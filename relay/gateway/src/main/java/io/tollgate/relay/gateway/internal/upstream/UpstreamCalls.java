package io.tollgate.relay.gateway.internal.upstream;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.internal.loop.MemoryBudget;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FetchedMedia;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one request becomes: one for each protocol that an account speaks and each name
 * that it has for the model, made when an account first needs it. Used by one thread at a time.
 */
public final class UpstreamCalls {
  /** A translated body, and what it is made from, may take so many times the body's bytes. */
  private static final int TRANSLATED_SIZES = 4;

  private record Kind(Protocol protocol, String model) {}

  private final RequestResources resources;
  private final Protocols protocols;
  private final CallerRequest request;
  private final String model;
  private final TenantId tenant;
  private final Set<Protocol> answering;
  private final Map<Kind, UpstreamCall> made = new HashMap<>(2);
  // what is asked most often: the account that serves, several times in a row
  private @Nullable ProviderAccount latest;
  private @Nullable Kind latestKind;
  private @Nullable UpstreamCall latestCall;
  private Map<String, FetchedMedia> fetched = Map.of();
  private @Nullable RequestFault fault;

  /**
   * @param model as accounts list it, whatever name of it the caller has used
   * @param tenant whose request it is
   */
  public UpstreamCalls(
      RequestResources resources, CallerRequest request, String model, TenantId tenant) {
    this.resources = requireNonNull(resources, "resources is null");
    this.request = requireNonNull(request, "request is null");
    this.model = requireNonNull(model, "model is null");
    this.tenant = requireNonNull(tenant, "tenant is null");
    protocols = resources.loop().protocols();
    answering = protocols.answering(request);
  }

  /** As accounts list it. */
  public String model() {
    return model;
  }

  /** Whether the answer is to be streamed. */
  boolean stream() {
    return request.stream();
  }

  /** The protocols in which accounts can be asked, as far as is known; not to be changed. */
  public Set<Protocol> protocols() {
    return answering;
  }

  /** Whether an account is asked in the caller's own protocol where it speaks it. */
  public Protocol spokenBy(ProviderAccount account) {
    if (account == latest && latestKind != null) {
      return latestKind.protocol;
    }
    Protocol own = request.protocol();
    if (answering.contains(own) && account.protocols().contains(own)) {
      return own;
    }
    for (Protocol spoken : account.protocols()) {
      if (answering.contains(spoken)) {
        return spoken;
      }
    }
    throw new IllegalArgumentException(
        "account speaks " + account.protocols() + " (expected: one of " + answering + ")");
  }

  /** Whether making a call that is not made yet takes too long for an event loop. */
  public boolean largeFor(ProviderAccount account) {
    return request.bodyBytes() > resources.loop().config().bodySmall()
        && !made.containsKey(kind(account));
  }

  /** Addresses in the request that the account's provider does not read and nobody has fetched. */
  public List<String> toFetch(ProviderAccount account) {
    if (!request.inputElsewhere() || !fetched.isEmpty()) {
      return List.of();
    }
    Kind kind = kind(account);
    if (made.containsKey(kind) || kind.protocol == request.protocol()) {
      return List.of();
    }
    return protocols.upstream(kind.protocol).toFetch(request);
  }

  /** What was found at the addresses. */
  public void fetched(Map<String, FetchedMedia> found) {
    fetched = Map.copyOf(found);
  }

  /**
   * The call for an account.
   *
   * @throws RequestFault where it cannot be told in the account's protocol what the request asks
   *     for; {@link #cannot} is to be told of it
   * @throws io.tollgate.ground.Refusal {@code UNAVAILABLE} when there is no memory for it
   */
  public UpstreamCall of(ProviderAccount account) {
    if (account == latest && latestCall != null) {
      return latestCall;
    }
    Kind kind = kind(account);
    UpstreamCall call = made.get(kind);
    if (call == null) {
      call = make(kind);
      made.put(kind, call);
    }
    latestCall = call;
    return call;
  }

  /** It cannot be told in this protocol what the request asks for: no account is asked in it. */
  public void cannot(Protocol protocol, RequestFault why) {
    answering.remove(protocol);
    latest = null;
    if (fault == null) {
      fault = why;
    }
  }

  /** Why the request cannot be told in some protocol; the first that was met. */
  public Optional<RequestFault> fault() {
    return Optional.ofNullable(fault);
  }

  /** What the account's provider calls the model: as mapped, else as the caller named it. */
  String modelAt(ProviderAccount account) {
    String mapped = account.upstreamModel(model);
    return mapped.equals(model) ? request.model() : mapped;
  }

  private Kind kind(ProviderAccount account) {
    if (account == latest && latestKind != null) {
      return latestKind;
    }
    Kind kind = new Kind(spokenBy(account), modelAt(account));
    latest = account;
    latestKind = kind;
    latestCall = null;
    return kind;
  }

  private UpstreamCall make(Kind kind) {
    long sizes = kind.protocol == request.protocol() ? 1 : TRANSLATED_SIZES;
    long taken = sizes * request.body().length;
    if (!resources.tryTakeMemory(taken)) {
      throw MemoryBudget.exhausted();
    }
    long kept = 0;
    try {
      UpstreamCall call =
          protocols.call(request, kind.protocol, kind.model, fetched, tenant.value());
      kept = call.body() == request.body() ? 0 : Math.min(taken, call.body().length);
      return call;
    } finally {
      resources.giveMemory(taken - kept);
    }
  }
}
