@NullMarked
package io.tollgate.relay.gateway;

import org.jspecify.annotations.NullMarked;
