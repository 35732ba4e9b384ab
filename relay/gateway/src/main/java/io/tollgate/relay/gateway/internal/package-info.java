/**
 * The gateway's routes, and below them a room for each part of a request's way. Everything here is
 * confined to the event loop of the caller's connection, unless it says otherwise.
 */
@NullMarked
package io.tollgate.relay.gateway.internal;

import org.jspecify.annotations.NullMarked;
