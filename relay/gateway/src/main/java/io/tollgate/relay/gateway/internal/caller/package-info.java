/** The caller of a request: their key, what they send, and what they are answered. */
@NullMarked
package io.tollgate.relay.gateway.internal.caller;

import org.jspecify.annotations.NullMarked;
