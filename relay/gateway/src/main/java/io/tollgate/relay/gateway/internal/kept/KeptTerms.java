package io.tollgate.relay.gateway.internal.kept;

import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.usage.UsageBounds;

/** What answers that are asked for again are held against. */
final class KeptTerms {
  private KeptTerms() {}

  /** Of one that is only passed on. */
  static AnswerTerms of(
      RelayLoop loop, KeptObject object, ProviderAccount account, String requestId) {
    return new AnswerTerms(
        loop.parts().tokenCounter(),
        object.model(),
        UsageBounds.WIDEST,
        loop.calls().traces(account),
        requestId,
        object.createdAt());
  }
}
