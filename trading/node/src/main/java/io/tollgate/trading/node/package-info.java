/**
 * The execution node: near an exchange, without a database, holding credentials only while it works
 * on a task. What it must not forget, it writes to a journal of its own.
 */
@NullMarked
package io.tollgate.trading.node;

import org.jspecify.annotations.NullMarked;
