@NullMarked
package io.tollgate.relay.protocols.internal;

import org.jspecify.annotations.NullMarked;
