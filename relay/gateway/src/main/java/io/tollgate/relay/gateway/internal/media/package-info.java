/** Fetches what requests name by its address, for providers that read no addresses. */
@NullMarked
package io.tollgate.relay.gateway.internal.media;

import org.jspecify.annotations.NullMarked;
