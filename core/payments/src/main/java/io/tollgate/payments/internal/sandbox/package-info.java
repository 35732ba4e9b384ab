/** The protocol of the sandbox's own channel. */
@NullMarked
package io.tollgate.payments.internal.sandbox;

import org.jspecify.annotations.NullMarked;
