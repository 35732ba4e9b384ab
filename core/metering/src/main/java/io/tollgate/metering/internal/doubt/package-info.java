/**
 * Requests whose process died before their result was recorded: found after a start, decided by
 * their tenant's rule or by hand, and charged.
 */
@NullMarked
package io.tollgate.metering.internal.doubt;

import org.jspecify.annotations.NullMarked;
