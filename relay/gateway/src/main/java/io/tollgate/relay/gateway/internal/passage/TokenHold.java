package io.tollgate.relay.gateway.internal.passage;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.identity.TokenLimits.Outcome;
import io.tollgate.identity.TokenLimits.Reserved;
import io.tollgate.relay.gateway.internal.loop.RequestResources;

/** What a request holds of its key's tokens per minute, if the key has such a limit. */
public final class TokenHold implements RequestResources.Held {
  private final Outcome outcome;

  public TokenHold(Outcome outcome) {
    this.outcome = requireNonNull(outcome, "outcome is null");
  }

  /** The request has ended, and this is what it is charged for. */
  public void used(TokenUsage usage) {
    if (outcome instanceof Reserved reserved) {
      reserved.used(usage.input() + usage.output());
    }
  }

  /** Where it ended without being charged, it has used nothing. */
  @Override
  public void giveBack() {
    if (outcome instanceof Reserved reserved) {
      reserved.close();
    }
  }
}
