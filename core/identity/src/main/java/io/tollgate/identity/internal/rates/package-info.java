/** How much keys use at a time, and how several gateways share what they may use. */
@NullMarked
package io.tollgate.identity.internal.rates;

import org.jspecify.annotations.NullMarked;
