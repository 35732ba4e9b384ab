/** Billing over gRPC: the same faces as over HTTP, in the fields that existing clients know. */
@NullMarked
package io.tollgate.billing.internal.rpc;

import org.jspecify.annotations.NullMarked;
