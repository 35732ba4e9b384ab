package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.UpstreamCall;

/**
 * A request to an endpoint that only providers of OpenAI's protocol have: it is passed on as it is.
 */
public interface EndpointRequest extends CallerRequest {
  /**
   * The call that it becomes.
   *
   * @param upstreamModel the model as the upstream names it
   */
  UpstreamCall call(String upstreamModel);
}
