/** The database: migrations per context under {@code db/}, and the classes generated from them. */
@NullMarked
package io.tollgate.schema;

import org.jspecify.annotations.NullMarked;
