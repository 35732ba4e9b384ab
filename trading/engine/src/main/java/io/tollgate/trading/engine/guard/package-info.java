/** Whether a signal is still good when it is to be traded. Pure code. */
@NullMarked
package io.tollgate.trading.engine.guard;

import org.jspecify.annotations.NullMarked;
