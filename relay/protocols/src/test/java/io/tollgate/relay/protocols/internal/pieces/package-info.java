@NullMarked
package io.tollgate.relay.protocols.internal.pieces;

import org.jspecify.annotations.NullMarked;
