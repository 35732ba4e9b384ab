/** Requests on their way to the store: on disk before anything else happens to them. */
@NullMarked
package io.tollgate.insight.internal.spool;

import org.jspecify.annotations.NullMarked;
