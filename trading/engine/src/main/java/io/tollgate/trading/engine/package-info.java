/** Who follows which strategy on which exchange account: the register that trading works by. */
@NullMarked
package io.tollgate.trading.engine;

import org.jspecify.annotations.NullMarked;
