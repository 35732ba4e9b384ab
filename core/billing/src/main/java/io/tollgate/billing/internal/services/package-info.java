/** Services with their prices and free quotas, as configured and as set since. */
@NullMarked
package io.tollgate.billing.internal.services;

import org.jspecify.annotations.NullMarked;
