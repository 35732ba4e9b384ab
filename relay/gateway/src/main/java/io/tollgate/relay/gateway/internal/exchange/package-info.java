/** One charged request from its reservation to its last byte. */
@NullMarked
package io.tollgate.relay.gateway.internal.exchange;

import org.jspecify.annotations.NullMarked;
