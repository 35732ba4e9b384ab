/** The calls to provider accounts, one after the other, up to the bytes of an answer. */
@NullMarked
package io.tollgate.relay.gateway.internal.upstream;

import org.jspecify.annotations.NullMarked;
