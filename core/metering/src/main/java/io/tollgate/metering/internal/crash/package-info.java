/** The steps of a charge at which tests make a process die. Known to all, knows nobody. */
@NullMarked
package io.tollgate.metering.internal.crash;

import org.jspecify.annotations.NullMarked;
