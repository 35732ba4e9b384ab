/** Grants by hand, the record of what was given for nothing, and what users have. */
@NullMarked
package io.tollgate.billing.internal.grants;

import org.jspecify.annotations.NullMarked;
