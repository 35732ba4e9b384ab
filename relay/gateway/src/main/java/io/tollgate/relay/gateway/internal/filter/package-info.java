/** Asks the filters of tenants over HTTP; knows no request. */
@NullMarked
package io.tollgate.relay.gateway.internal.filter;

import org.jspecify.annotations.NullMarked;
