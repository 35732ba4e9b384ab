/**
 * What strategies say of bars as they close, and what becomes signals of it. Pure code: the same
 * bars give the same, whenever and by whomever they are looked at.
 */
@NullMarked
package io.tollgate.trading.engine.scan;

import org.jspecify.annotations.NullMarked;
