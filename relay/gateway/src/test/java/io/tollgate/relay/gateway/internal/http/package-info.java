@NullMarked
package io.tollgate.relay.gateway.internal.http;

import org.jspecify.annotations.NullMarked;
