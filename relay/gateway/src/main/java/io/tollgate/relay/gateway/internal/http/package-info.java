/** What HTTP writes down: headers, compressed bodies, errors as answers. Knows no request. */
@NullMarked
package io.tollgate.relay.gateway.internal.http;

import org.jspecify.annotations.NullMarked;
