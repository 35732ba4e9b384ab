/** Second factors by time, and codes for when they are lost. */
@NullMarked
package io.tollgate.identity.internal.factors;

import org.jspecify.annotations.NullMarked;
