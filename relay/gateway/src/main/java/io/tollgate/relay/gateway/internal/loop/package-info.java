/** What the requests of one event loop share, and what each of them holds of it. */
@NullMarked
package io.tollgate.relay.gateway.internal.loop;

import org.jspecify.annotations.NullMarked;
