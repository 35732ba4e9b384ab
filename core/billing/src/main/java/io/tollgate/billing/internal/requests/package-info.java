/** What users are told of their relayed requests. */
@NullMarked
package io.tollgate.billing.internal.requests;

import org.jspecify.annotations.NullMarked;
