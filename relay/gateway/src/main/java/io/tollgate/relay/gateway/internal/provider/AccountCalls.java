package io.tollgate.relay.gateway.internal.provider;

import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.ExtraHeader;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.web.ProxiedRequestOptions;
import io.tollgate.web.UpstreamProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps what all calls to one account have in common, made once for each account and key, and again
 * when its configuration changes. Holds as many as there are accounts and paths that requests go
 * to. Confined to one event loop.
 */
public final class AccountCalls {
  private record Kind(WithKey account, String path, boolean stream) {}

  private record WithKey(ProviderAccountId account, long key) {
    static WithKey of(ProviderAccount account) {
      return new WithKey(account.id(), account.apiKey().id());
    }
  }

  private record Made(ProviderAccount account, RequestOptions options) {}

  private record Known(ProviderAccount account, AccountTraces traces) {}

  private record Refused(ProviderAccount account, int status, byte[] body) {}

  private final int connectionMs;
  private final Map<Kind, Made> made = new HashMap<>();
  private final Map<WithKey, Known> known = new HashMap<>();
  private final Map<ProviderAccountId, Refused> refused = new HashMap<>();

  /**
   * @param connectionMs longest wait for a connection, milliseconds
   */
  public AccountCalls(int connectionMs) {
    this.connectionMs = connectionMs;
  }

  /** Shared by all calls of the kind: not to be changed. */
  public RequestOptions of(ProviderAccount account, UpstreamRequest wanted) {
    Kind kind = new Kind(WithKey.of(account), wanted.call().path(), wanted.stream());
    Made before = made.get(kind);
    if (before == null || before.account != account) {
      before = new Made(account, options(account, wanted.protocol(), kind));
      made.put(kind, before);
    }
    return before.options;
  }

  /** What tells of the account, to be taken out of what its provider says. */
  public AccountTraces traces(ProviderAccount account) {
    WithKey withKey = WithKey.of(account);
    Known before = known.get(withKey);
    if (before == null || before.account != account) {
      before =
          new Known(
              account, AccountTraces.of(account.key(), account.baseUrl().host(), names(account)));
      known.put(withKey, before);
    }
    return before.traces;
  }

  /** The account's upstream refuses what we add to requests: asked without it from now on. */
  public void refusedOurs(ProviderAccount account, int status, byte[] error) {
    refused.put(account.id(), new Refused(account, status, error));
  }

  /** The call without what we add, where the account's upstream has refused that before. */
  public Optional<UpstreamCall> withoutOurs(ProviderAccount account, UpstreamCall call) {
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    Refused before = refused.get(account.id());
    // an account that was changed may lead elsewhere
    return before == null || !before.account.settings().equals(account.settings())
        ? Optional.empty()
        : call.withoutOurs(before.status, before.body);
  }

  /** The call of something that the account keeps; made anew each time. */
  public RequestOptions kept(
      ProviderAccount account,
      UpstreamProtocol protocol,
      HttpMethod method,
      String path,
      String accept) {
    return options(account, protocol, method, path, accept);
  }

  private RequestOptions options(ProviderAccount account, UpstreamProtocol protocol, Kind kind) {
    String accept = kind.stream ? "text/event-stream" : "application/json";
    return options(account, protocol, HttpMethod.POST, kind.path, accept);
  }

  private RequestOptions options(
      ProviderAccount account,
      UpstreamProtocol protocol,
      HttpMethod method,
      String path,
      String accept) {
    MultiMap headers =
        HttpHeaders.headers()
            .set(HttpHeaders.CONTENT_TYPE, "application/json")
            .set(HttpHeaders.ACCEPT, accept)
            // the answer is read in passing, so it must not be compressed
            .set(HttpHeaders.ACCEPT_ENCODING, "identity")
            .set(HttpHeaders.USER_AGENT, "Tollgate");
    protocol.accountHeaders(account.key()).forEach(each -> headers.set(each.name(), each.value()));
    account.settings().headers().forEach(each -> headers.set(each.name(), each.value()));
    BaseUrl base = account.baseUrl();
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setSsl(base.tls())
            .setHost(base.host())
            .setPort(base.port())
            .setURI(base.path() + path)
            .setFollowRedirects(false)
            .setConnectTimeout(connectionMs)
            .setHeaders(headers);
    return account
        .settings()
        .proxy()
        .<RequestOptions>map(proxy -> new ProxiedRequestOptions(options, options(proxy)))
        .orElse(options);
  }

  private static ProxyOptions options(OutboundProxy proxy) {
    return UpstreamProxies.options(
        proxy.kind().scheme(), proxy.host(), proxy.port(), proxy.user(), proxy.password());
  }

  /** What else tells of the account: its names, and what headers hold that nobody is shown. */
  private static String[] names(ProviderAccount account) {
    return Stream.concat(
            Stream.of(account.name(), account.provider()),
            account.settings().headers().stream()
                .filter(ExtraHeader::secret)
                .map(ExtraHeader::value))
        .toArray(String[]::new);
  }
}
