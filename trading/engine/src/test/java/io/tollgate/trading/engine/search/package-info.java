@NullMarked
package io.tollgate.trading.engine.search;

import org.jspecify.annotations.NullMarked;
