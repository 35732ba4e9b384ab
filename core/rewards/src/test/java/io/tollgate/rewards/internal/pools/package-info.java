@NullMarked
package io.tollgate.rewards.internal.pools;

import org.jspecify.annotations.NullMarked;
