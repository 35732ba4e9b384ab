/**
 * The HTTP edge: servers, routes, request context, bodies, limits, error mapping; and the client.
 */
@NullMarked
package io.tollgate.web;

import org.jspecify.annotations.NullMarked;
