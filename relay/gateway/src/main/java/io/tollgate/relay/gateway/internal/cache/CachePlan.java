package io.tollgate.relay.gateway.internal.cache;

import io.tollgate.contracts.Protocol;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.CanonicalRequest;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.rules.AnswerCache;
import io.tollgate.relay.rules.AnswerKey;
import io.tollgate.relay.rules.CacheRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one request is looked up in the cache, and its answer kept.
 *
 * @param ttl how old the answer may be, and for how long a new one is kept
 * @param rule of the caller's key
 */
public record CachePlan(AnswerKey key, Duration ttl, CacheRule rule) {
  /** Headers that change what is answered, or in which form. */
  private static final List<String> HEADERS =
      List.of("anthropic-version", "anthropic-beta", "openai-beta", "x-sandbox");

  private static final List<String> PARAMETERS = List.of("beta", "alt");

  /**
   * The plan for a request; on any thread.
   *
   * @param filter names the filter that looks at the answers of these requests; empty where none
   *     does
   * @param path that it was sent to
   * @return nothing where it has nothing to do with the cache
   * @throws RequestFault when its header says what cannot be understood
   */
  public static Optional<CachePlan> of(
      AnswerCache cache,
      CacheRule rule,
      String filter,
      RequestHead head,
      String path,
      PricedCall call) {
    CacheDirective said = CacheDirective.read(head.header(CacheDirective.HEADER));
    if (said instanceof CacheDirective.NoStore
        || call.chat().bodyBytes() > cache.maxRequestBytes()) {
      return Optional.empty();
    }
    return CanonicalRequest.of(call.chat().body())
        .flatMap(
            canonical ->
                ttl(said, canonical)
                    .map(wanted -> wanted.compareTo(rule.ttl()) < 0 ? wanted : rule.ttl())
                    .map(
                        ttl ->
                            new CachePlan(
                                key(cache, rule, filter, head, path, call, canonical), ttl, rule)));
  }

  private static Optional<Duration> ttl(CacheDirective said, CanonicalRequest canonical) {
    return switch (said) {
      case CacheDirective.Ttl wanted -> Optional.of(wanted.time());
      case CacheDirective.Unsaid _ ->
          canonical.zeroTemperature()
              ? Optional.of(Duration.ofSeconds(Long.MAX_VALUE))
              : Optional.empty();
      case CacheDirective.NoStore _ -> Optional.empty();
    };
  }

  private static AnswerKey key(
      AnswerCache cache,
      CacheRule rule,
      String filter,
      RequestHead head,
      String path,
      PricedCall call,
      CanonicalRequest canonical) {
    KeyHolder holder = call.holder();
    List<String> marks = new ArrayList<>();
    marks.add(call.chat().protocol().code());
    // what was kept before a filter was set is not given to those whose answers it looks at
    marks.add(filter);
    marks.add(path);
    marks.add(call.model().id());
    marks.add(call.chat().model());
    marks.add(Boolean.toString(call.chat().stream()));
    // an answer that its provider keeps is found again by the user it was made for
    boolean another = call.chat().protocol() == Protocol.RESPONSES && !canonical.notKept();
    marks.add(another ? holder.user().toString() : "");
    HEADERS.forEach(name -> marks.add(head.header(name).orElse("")));
    PARAMETERS.forEach(name -> marks.add(head.query(name).orElse("")));
    return cache.key(holder.tenant(), rule.generation(), marks, canonical.bytes());
  }
}
