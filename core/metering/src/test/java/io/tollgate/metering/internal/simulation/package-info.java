/** Whole histories of leases in one thread: seeded, with every fault, against a naive model. */
@NullMarked
package io.tollgate.metering.internal.simulation;

import org.jspecify.annotations.NullMarked;
