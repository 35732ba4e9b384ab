@NullMarked
package io.tollgate.trading.node.internal.secret;

import org.jspecify.annotations.NullMarked;
