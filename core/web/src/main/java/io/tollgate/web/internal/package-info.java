/**
 * How requests are watched, read, routed and answered, and how upstreams are called. Closed to
 * other modules.
 */
@NullMarked
package io.tollgate.web.internal;

import org.jspecify.annotations.NullMarked;
