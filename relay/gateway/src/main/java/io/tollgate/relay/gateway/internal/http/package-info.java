/** Forms of HTTP that depend on no request: header names, compressed bodies, errors as answers. */
@NullMarked
package io.tollgate.relay.gateway.internal.http;

import org.jspecify.annotations.NullMarked;
