/** What a node is asked to do, as it is read from a request. */
@NullMarked
package io.tollgate.trading.node.internal.task;

import org.jspecify.annotations.NullMarked;
