/**
 * What the audit checks of meter logs, leases, usage records and statistics, and what it lists
 * beside.
 */
@NullMarked
package io.tollgate.metering.internal.audit;

import org.jspecify.annotations.NullMarked;
