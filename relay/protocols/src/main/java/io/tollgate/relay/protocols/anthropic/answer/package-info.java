/**
 * Reads the answers of upstreams that speak Anthropic's protocol, and writes them for its callers.
 */
@NullMarked
package io.tollgate.relay.protocols.anthropic.answer;

import org.jspecify.annotations.NullMarked;
