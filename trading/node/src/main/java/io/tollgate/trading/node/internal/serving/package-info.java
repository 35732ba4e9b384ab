/** The node's interface, who may call it, and its heartbeats to the centre. */
@NullMarked
package io.tollgate.trading.node.internal.serving;

import org.jspecify.annotations.NullMarked;
