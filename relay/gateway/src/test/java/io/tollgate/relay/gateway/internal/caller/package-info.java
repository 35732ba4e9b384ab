@NullMarked
package io.tollgate.relay.gateway.internal.caller;

import org.jspecify.annotations.NullMarked;
