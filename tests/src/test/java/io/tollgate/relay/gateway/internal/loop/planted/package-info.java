/** Planted for a test: code that breaks the picture of the gateway's rooms. */
@NullMarked
package io.tollgate.relay.gateway.internal.loop.planted;

import org.jspecify.annotations.NullMarked;
