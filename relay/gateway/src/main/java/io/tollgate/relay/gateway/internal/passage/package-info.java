/** One charged request: what is asked for and may cost, and how it ended. */
@NullMarked
package io.tollgate.relay.gateway.internal.passage;

import org.jspecify.annotations.NullMarked;
