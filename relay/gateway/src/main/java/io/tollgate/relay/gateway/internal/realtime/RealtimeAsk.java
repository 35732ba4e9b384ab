package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.InputText;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a session asks for with one response, or for what is written down: a request without a body.
 */
record RealtimeAsk(Protocol protocol, String model, OptionalLong maxOutputTokens)
    implements CallerRequest {
  private static final byte[] NOTHING = {};
  private static final InputText NO_TEXT = new InputText.Collector(NOTHING).collected();

  RealtimeAsk {
    requireNonNull(protocol, "protocol is null");
    requireNonNull(model, "model is null");
    requireNonNull(maxOutputTokens, "maxOutputTokens is null");
  }

  @Override
  public boolean stream() {
    return true;
  }

  @Override
  public int choices() {
    return 1;
  }

  @Override
  public InputText input() {
    return NO_TEXT;
  }

  @Override
  public byte[] body() {
    return NOTHING;
  }

  /** It is all in the session. */
  @Override
  public boolean inputElsewhere() {
    return true;
  }

  @Override
  public Optional<ServiceTier> tier() {
    return Optional.empty();
  }
}
