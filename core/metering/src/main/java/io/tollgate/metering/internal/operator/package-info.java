/**
 * What the operator does at the command line: gives up leases, looks at logs that were left,
 * imports them.
 */
@NullMarked
package io.tollgate.metering.internal.operator;

import org.jspecify.annotations.NullMarked;
