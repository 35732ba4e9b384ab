/** The admin and data API, over each context's own queries. */
@NullMarked
package io.tollgate.edge.admin;

import org.jspecify.annotations.NullMarked;
