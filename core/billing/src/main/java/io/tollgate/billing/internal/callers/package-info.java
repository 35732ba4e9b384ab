/** Who calls the billing interfaces, and whose data they may reach. Known to all wings. */
@NullMarked
package io.tollgate.billing.internal.callers;

import org.jspecify.annotations.NullMarked;
