/** What all channels share on the wire: the HTTP client, JSON, signatures. */
@NullMarked
package io.tollgate.payments.internal.wire;

import org.jspecify.annotations.NullMarked;
