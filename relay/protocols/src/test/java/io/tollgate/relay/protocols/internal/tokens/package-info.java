@NullMarked
package io.tollgate.relay.protocols.internal.tokens;

import org.jspecify.annotations.NullMarked;
