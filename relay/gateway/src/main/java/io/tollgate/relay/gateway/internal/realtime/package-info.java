/** Sessions over WebSocket: two sides, and a passage for each response between them. */
@NullMarked
package io.tollgate.relay.gateway.internal.realtime;

import org.jspecify.annotations.NullMarked;
