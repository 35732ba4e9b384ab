/**
 * The AI gateway: its routes, and the way of a request from the caller's key to the recorded
 * result. Wires protocols, accounts and the passage together, and nothing else.
 */
@NullMarked
package io.tollgate.relay.gateway;

import org.jspecify.annotations.NullMarked;
