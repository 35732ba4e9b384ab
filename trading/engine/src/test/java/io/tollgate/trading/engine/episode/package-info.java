@NullMarked
package io.tollgate.trading.engine.episode;

import org.jspecify.annotations.NullMarked;
