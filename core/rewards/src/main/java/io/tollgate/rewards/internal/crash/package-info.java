/** The steps at which tests make a process die. Known to all, knows nobody. */
@NullMarked
package io.tollgate.rewards.internal.crash;

import org.jspecify.annotations.NullMarked;
