/** Serves gRPC: one server, what every call of it has in common, and the generated messages. */
@NullMarked
package io.tollgate.rpc;

import org.jspecify.annotations.NullMarked;
