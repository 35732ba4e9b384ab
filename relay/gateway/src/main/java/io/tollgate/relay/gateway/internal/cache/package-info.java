/** Which requests may be answered from the cache, and which answers are kept for others. */
@NullMarked
package io.tollgate.relay.gateway.internal.cache;

import org.jspecify.annotations.NullMarked;
