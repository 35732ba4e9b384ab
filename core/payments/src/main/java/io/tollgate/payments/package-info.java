/**
 * How payments are asked for, looked up, refunded and told of at payment channels. Speaks the
 * channels' protocols and keeps no books: what a payment means is decided above.
 */
@NullMarked
package io.tollgate.payments;

import org.jspecify.annotations.NullMarked;
