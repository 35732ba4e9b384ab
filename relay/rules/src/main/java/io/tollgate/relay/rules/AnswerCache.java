package io.tollgate.relay.rules;

import io.tollgate.ground.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Answers that were given before: in memory, and in Redis where it is configured, encrypted, for
 * all gateways. What is in it may be gone at any time. Safe for use by many threads; blocks nobody.
 */
public interface AnswerCache {
  /** Largest body of an answer that is kept, bytes. */
  int maxAnswerBytes();

  /** Largest body of a request whose answer is kept, bytes. */
  int maxRequestBytes();

  /**
   * The key of a request.
   *
   * @param generation of the tenant's rule
   * @param marks what is told apart beside the body: model, path, headers
   * @param canonical form of the body
   */
  AnswerKey key(TenantId tenant, long generation, List<String> marks, byte[] canonical);

  /**
   * The answer, where there is one that is young enough. Completes at once where memory knows it,
   * and never fails: a Redis that is away knows nothing.
   */
  CompletionStage<Optional<KeptAnswer>> find(AnswerKey key, Duration maxAge);

  /** Keeps an answer, unless it is too large. */
  void keep(AnswerKey key, KeptAnswer answer, Duration ttl);
}
