package io.tollgate.relay.rules.internal;

import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.AnswerCache;
import io.tollgate.relay.rules.AnswerKey;
import io.tollgate.relay.rules.KeptAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cache that keeps nothing. */
public final class NoAnswers implements AnswerCache {
  @Override
  public int maxAnswerBytes() {
    return 0;
  }

  @Override
  public int maxRequestBytes() {
    return 0;
  }

  @Override
  public AnswerKey key(TenantId tenant, long generation, List<String> marks, byte[] canonical) {
    return new AnswerKey("");
  }

  @Override
  public CompletionStage<Optional<KeptAnswer>> find(AnswerKey key, Duration maxAge) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public void keep(AnswerKey key, KeptAnswer answer, Duration ttl) {}
}
