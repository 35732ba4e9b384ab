/**
 * From what is to be traded to what was: tasks, orders, fills and positions. Decides and keeps
 * nothing itself; time, facts and tables are given to it.
 */
@NullMarked
package io.tollgate.trading.engine.execution;

import org.jspecify.annotations.NullMarked;
