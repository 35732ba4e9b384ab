/**
 * What a node must not forget: which orders it was about to send, and how each task ended. Forced
 * to disk before the order is sent and before the answer is given.
 */
@NullMarked
package io.tollgate.trading.node.internal.journal;

import org.jspecify.annotations.NullMarked;
