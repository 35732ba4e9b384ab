package io.tollgate.edge.admin;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountStanding;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.OutboundProxy;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.TokenCounter;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.web.EventBody.Events;
import io.tollgate.web.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one small request of an account, as a caller's would be made, and tells each step. Nothing
 * is charged, and its health is left as it is. Blocking.
 */
final class AccountTest {
  private static final int NO_MEANS = 402;
  private static final String CHAT = "/chat/completions";
  private static final int MAX_TOKENS = 16;

  private final Protocols protocols = new Protocols(NO_MEANS);
  private final TestCalls calls;

  AccountTest(TestCalls calls) {
    this.calls = calls;
  }

  /**
   * Tells {@code started}, {@code connected}, {@code head} and {@code answer}, or where it ends
   * {@code failed}; in the end {@code done}.
   *
   * @param model as callers name it
   */
  void run(ProviderAccount account, Protocol protocol, String model, Events events) {
    Steps steps = new Steps(account.apiKey(), events);
    steps.tell(
        "started",
        Map.of(
            "protocol",
            protocol.code(),
            "model",
            model,
            "upstream_model",
            account.upstreamModel(model),
            "base_url",
            account.baseUrl().toString(),
            "proxy_url",
            account.settings().proxy().map(OutboundProxy::masked).orElse("")));
    Optional<String> failure = request(account, protocol, model, steps);
    failure.ifPresent(why -> steps.tell("failed", Map.of("reason", why)));
    steps.tell("done", Map.of("success", failure.isEmpty()));
  }

  /** Why it did not work. */
  private Optional<String> request(
      ProviderAccount account, Protocol protocol, String model, Steps steps) {
    UpstreamProtocol upstream;
    UpstreamCall call;
    try {
      upstream = protocols.upstream(protocol);
      call = upstream.call(sample(model), account.upstreamModel(model));
    } catch (RuntimeException e) {
      return Optional.of("no request can be made in this protocol: " + e.getMessage());
    }
    AccountTraces traces =
        AccountTraces.of(
            account.key(), account.baseUrl().host(), account.name(), account.provider());
    TestCalls.Answer answer;
    try {
      answer = calls.call(account, upstream.accountHeaders(account.key()), call, steps::tell);
    } catch (TestCalls.Failed e) {
      return Optional.of(traces.removed(e.what()));
    }
    if (answer.status() < 200 || answer.status() > 299) {
      int status = answer.status() < 400 ? 502 : Math.min(answer.status(), 599);
      UpstreamFault fault = upstream.fault(status, answer.body(), traces);
      return Optional.of("status " + answer.status() + ": " + fault.message());
    }
    AnswerTerms terms =
        new AnswerTerms(
            // never loaded: nobody pays for what it would count
            TokenCounter.loadingOn(_ -> {}),
            model,
            UsageBounds.WIDEST,
            traces,
            "account-test",
            Instant.EPOCH);
    return switch (call.whole(answer.body(), terms).verdict()) {
      case AnswerVerdict.Answer _, AnswerVerdict.Empty _ -> {
        steps.tell("answer", Map.of("bytes", answer.body().length));
        yield Optional.empty();
      }
      case AnswerVerdict.Failed failed ->
          Optional.of("an error in place of an answer: " + failed.fault().message());
      case AnswerVerdict.NoAnswer none -> Optional.of("no answer: " + none.what());
    };
  }

  private CallerRequest sample(String model) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("messages", List.of(Map.of("role", "user", "content", "Say hello.")));
    body.put("max_tokens", MAX_TOKENS);
    return protocols.callersByPrefix().values().stream()
        .flatMap(List::stream)
        .filter(caller -> caller.protocol() == Protocol.OPENAI)
        .flatMap(caller -> caller.routes().stream())
        .filter(route -> route.paths().contains(CHAT))
        .findFirst()
        .orElseThrow()
        .read(TestCalls.NO_HEAD, Json.write(body));
  }

  /** Where the account is, in the words of an administrator. */
  static ProviderAccount with(AccountStanding standing, AccountKey key) {
    return new ProviderAccount(
        standing.id(),
        standing.protocols(),
        BaseUrl.parse(standing.baseUrl()),
        key,
        standing.settings());
  }

  /** Adds to each step of which key it tells, and when it was. */
  private static final class Steps {
    private final AccountKey key;
    private final Events events;
    private final long since = System.nanoTime();

    Steps(AccountKey key, Events events) {
      this.key = key;
      this.events = events;
    }

    void tell(String step, Map<String, ?> more) {
      Map<String, Object> data = new LinkedHashMap<>();
      data.put("key_id", key.id());
      data.put("at_ms", (System.nanoTime() - since) / 1_000_000);
      data.putAll(more);
      events.tell(step, data);
    }
  }
}
