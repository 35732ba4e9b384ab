/** Redemption codes and credit for invitations: what is given once, and to whom. */
@NullMarked
package io.tollgate.billing.internal.codes;

import org.jspecify.annotations.NullMarked;
