package io.tollgate.relay.gateway.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * What is sent upstream, whichever account takes it.
 *
 * @param path below the account's base URL
 * @param requestId the passage's id, sent as {@code X-Request-Id}
 * @param steering the caller's {@code X-Sandbox}, for a sandbox account only
 */
record UpstreamRequest(
    String path, Buffer body, boolean stream, String requestId, Optional<String> steering) {}
