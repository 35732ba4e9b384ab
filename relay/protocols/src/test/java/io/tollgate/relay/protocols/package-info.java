@NullMarked
package io.tollgate.relay.protocols;

import org.jspecify.annotations.NullMarked;
