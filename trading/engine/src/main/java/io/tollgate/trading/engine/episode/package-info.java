/** A position from flat to flat, and what it brought. Pure code, exact. */
@NullMarked
package io.tollgate.trading.engine.episode;

import org.jspecify.annotations.NullMarked;
