@NullMarked
package io.tollgate.relay.gateway.internal.exchange;

import org.jspecify.annotations.NullMarked;
