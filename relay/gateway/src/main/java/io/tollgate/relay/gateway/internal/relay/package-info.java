/** Passes one answer on to its caller, and finds out what it used. */
@NullMarked
package io.tollgate.relay.gateway.internal.relay;

import org.jspecify.annotations.NullMarked;
