@NullMarked
package io.tollgate.trading.node;

import org.jspecify.annotations.NullMarked;
