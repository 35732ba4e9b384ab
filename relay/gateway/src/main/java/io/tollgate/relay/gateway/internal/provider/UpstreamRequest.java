package io.tollgate.relay.gateway.internal.provider;

import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamProtocol;
import java.util.Optional;

/**
 * What is sent upstream, whichever account takes it.
 *
 * @param protocol of the accounts that can take it
 * @param requestId the passage's id, sent as {@code X-Request-Id}
 * @param steering the caller's {@code X-Sandbox}, for a sandbox account only
 */
public record UpstreamRequest(
    UpstreamProtocol protocol,
    UpstreamCall call,
    boolean stream,
    String requestId,
    Optional<String> steering) {}
