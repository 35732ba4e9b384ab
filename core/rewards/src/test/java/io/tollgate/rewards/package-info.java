@NullMarked
package io.tollgate.rewards;

import org.jspecify.annotations.NullMarked;
